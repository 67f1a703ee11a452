{# What the totals do not hold: substances without a toxicity value, and those that only a detection limit bounds. #}
with

state as (
    select
        pollutant_id,
        medium,
        min(case when is_bounding then 1 else 0 end) = 1 as is_bound,
        max(case when cancer_risk is not null or hazard_quotient is not null then 1 else 0 end) = 0 as is_unknown,
        cast(count(distinct place_id) as integer) as place_count,
        max(case when is_bounding then cancer_risk end) as bound_cancer_risk,
        max(case when is_bounding then hazard_quotient end) as bound_hazard_quotient
    from {{ ref('health_risk') }}
    group by pollutant_id, medium
),

-- of these the standard of ambient air says what is acceptable
criteria as (
    select distinct pollutant_id
    from {{ ref('environmental_limit') }}
    where medium = 'ambient_air' and standard_code like 'GB 3095%'
)

select
    cast(row_number() over (order by state.is_unknown desc nulls last, state.pollutant_id asc nulls last, state.medium asc nulls last)
        as integer) as row_no,
    state.pollutant_id,
    state.medium,
    pollutant.name_cn,
    pollutant.cas_no,
    {{ code_word('state.medium', 'medium_of_environment') }} as medium_cn,
    state.place_count,
    case when state.is_unknown then '没有可采用的毒性值' else '全部未检出' end as reason,
    case
        when not state.is_unknown then '只列上界'
        when criteria.pollutant_id is not null then '按环境空气质量标准评价，见监测报告'
        when pollutant.is_group then '合计指标，组分另行评价'
        else '按未知计数'
    end as treatment,
    state.bound_cancer_risk,
    state.bound_hazard_quotient,
    cast(row_number() over (
        order by state.bound_cancer_risk desc nulls last, state.pollutant_id asc nulls last, state.medium asc nulls last
    ) as integer) as bound_no,
    pollutant.name_cn || '（' || case
        when state.medium = 'biota' then '水产品' else {{ code_word('state.medium', 'medium_of_environment') }}
    end || '）' as bound_text
from state
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = state.pollutant_id
left join criteria on criteria.pollutant_id = state.pollutant_id and state.medium = 'ambient_air'
where state.is_unknown or state.is_bound
