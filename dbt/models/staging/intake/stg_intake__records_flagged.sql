{# How many records each raw table holds and how many carry which flag; flag '' counts all. #}
{%- set tables = raw_tables() -%}
{% for table in tables %}
select
    '{{ table.source }}' as source,
    '{{ table.name }}' as raw_table,
    '' as flag,
    count(*) as record_count
from {{ table.relation }}
union all
(
    with flagged as (select {{ unnest_list('_flags') }} as flag from {{ table.relation }} where {{ list_size('_flags') }} > 0)

    select
        '{{ table.source }}' as source,
        '{{ table.name }}' as raw_table,
        flag,
        count(*) as record_count
    from flagged
    group by flag
)
{{ 'union all' if not loop.last }}
{% endfor %}
