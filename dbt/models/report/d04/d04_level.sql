{# Levels that people are exposed to, by medium and substance, over the sensitive places and, for workplaces, the workshops. #}
with

level as (
    select distinct
        risk.place_id,
        risk.medium,
        risk.pollutant_id,
        {{ displayed('risk.concentration') }} as concentration,
        {{ displayed_unit('risk.concentration_unit') }} as unit,
        risk.concentration_basis,
        risk.is_bounding
    from {{ ref('health_risk') }} as risk
    {{ display_unit_join('risk', 'concentration_unit') }}
    where risk.place_kind in ('receptor', 'workshop')
)

select
    cast(row_number() over (order by level.medium asc nulls last, level.pollutant_id asc nulls last) as integer) as row_no,
    level.medium,
    level.pollutant_id,
    {{ code_word('level.medium', 'medium_of_environment') }} as medium_cn,
    min(pollutant.name_cn) as name_cn,
    cast(count(*) as integer) as place_count,
    min(case when not level.is_bounding then level.concentration end) as min_level,
    {{ quantile('case when not level.is_bounding then level.concentration end', 0.5) }} as median_level,
    max(case when not level.is_bounding then level.concentration end) as max_level,
    max(case when level.is_bounding then level.concentration end) as bound,
    min(level.unit) as unit,
    {{ code_words_only(list_agg_distinct('level.concentration_basis'), 'concentration_basis') }} as basis
from level
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = level.pollutant_id
group by level.medium, level.pollutant_id
