{# Fields of the site registers that are empty (completeness), records older than the limit (timeliness), attributes that differ from
   what other registers say (consistency). Only fields that a register's form can hold are asked for. #}
{%- set asked = {
    'permit': ['credit_code', 'name', 'industry_code', 'longitude', 'status_word'],
    'census': ['credit_code', 'name', 'industry_code', 'longitude', 'employees'],
    'site_survey': ['credit_code', 'name', 'employees'],
    'chemical_survey': ['credit_code', 'name'],
    'key_unit': ['credit_code', 'name'],
} -%}
with

site_record as (
    select * from {{ ref('int_inventory__site_records_unioned') }}
    where source_rank <= 5
),

parameter as (
    select max(case when parameter_id = 'quality_timely_years' then value end) as timely_years
    from {{ ref('int_core__parameter_values_chosen') }}
)

{% for source, fields in asked.items() %}
{% for field in fields %}
select
    '{{ source }}' as source,
    max(raw_table) as table_name,
    '{{ field }}' as field,
    'completeness' as dimension,
    count(*) as checked_count,
    count(*) - count({{ field }}) as failing_count,
    '未填' as rule
from site_record
where source = '{{ source }}'
having count(*) > 0
union all
{% endfor %}
{% endfor %}
select
    site_record.source,
    site_record.raw_table as table_name,
    'stated_at' as field,
    'timeliness' as dimension,
    count(*) as checked_count,
    count(case when extract(year from build.as_of) - {{ period_year('site_record.stated_at') }} > parameter.timely_years then 1 end)
        as failing_count,
    '早于基准日' || {{ to_text('cast(max(parameter.timely_years) as integer)') }} || '年以上' as rule
from site_record
cross join {{ source('intake', 'build') }} as build
cross join parameter
where site_record.stated_at is not null
group by site_record.source, site_record.raw_table
union all
select
    source,
    'inventory.source_conflict' as table_name,
    attribute as field,
    'consistency' as dimension,
    count(*) as checked_count,
    count(case when not chosen and conflict_class in ('differ', 'review', 'block') then 1 end) as failing_count,
    '与采用值不一致' as rule
from {{ ref('int_inventory__attributes_compared') }}
group by source, attribute
