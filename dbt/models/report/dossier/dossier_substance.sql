{# Substances that a source emits in the assessment year: those that decide its rank first, then by mass. #}
with

released as (
    select
        total.scope_id as enterprise_id,
        total.pollutant_id,
        sum(case when total.medium = 'air' then total.emission_t * 1000 end) as emission_air_kg,
        sum(case when total.medium = 'water' then total.emission_t * 1000 end) as emission_water_kg,
        sum(total.emission_t) as emission_t
    from {{ ref('emission_total') }} as total
    inner join {{ ref('edition') }} as edition on edition.assessment_year = total.year
    where total.scope_kind = 'enterprise'
    group by total.scope_id, total.pollutant_id
),

named as (
    select
        released.enterprise_id,
        released.pollutant_id,
        coalesce(pollutant.name_cn, pollutant.name_en, released.pollutant_id) as name_cn,
        pollutant.cas_no,
        released.emission_air_kg,
        released.emission_water_kg,
        released.emission_t,
        '、' || {{ list_text('risk.key_pollutants', '、') }} || '、' as key_names
    from released
    inner join {{ ref('risk_source') }} as risk on risk.enterprise_id = released.enterprise_id
    left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = released.pollutant_id
),

marked as (
    select
        *,
        coalesce(key_names like '%、' || name_cn || '、%', false) as is_key
    from named
)

select
    enterprise_id,
    pollutant_id,
    cast(
        row_number() over (
            partition by enterprise_id
            order by is_key desc nulls last, emission_t desc nulls last, pollutant_id asc nulls last
        ) as integer
    ) as row_no,
    name_cn,
    cas_no,
    emission_air_kg,
    emission_water_kg,
    is_key
from marked
