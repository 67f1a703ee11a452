-- Substances that a permit names in a list in one cell (废气污染物, 废水污染物): presence of unknown quantity. A word that no alias knows, a
-- group and an indicator are no substance.
with

listed as (
    {% for column in ['air_pollutants', 'water_pollutants'] %}
    select
        matched.enterprise_id,
        {{ unnest_list(text_to_list(regexp_replace_all('stated.' ~ column, '[，、；;]', ','), ',')) }} as word
    from {{ ref('stg_permit__sites') }} as stated
    inner join {{ ref('int_inventory__enterprise_matched') }} as matched
        on matched.source = 'permit' and matched.source_key = stated.permit_no
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

substance as (
{{ substances_by_plain_name() }}
)

select distinct
    listed.enterprise_id,
    substance.pollutant_id
from listed
inner join substance on substance.plain_name = {{ plain_name('listed.word') }}
