-- Open facilities by year, the models first.
with

last_year as (
    select max(year) as year from {{ ref('open_facility') }}
)

select
    cast(
        row_number() over (
            order by facility.is_model desc nulls last, facility.score desc nulls last, facility.enterprise_id asc nulls last
        ) as integer
    ) as row_no,
    facility.enterprise_id,
    facility.year,
    enterprise.name,
    park.name_cn as park_name,
    facility.open_days,
    facility.visitors,
    facility.surveyed,
    100 * facility.satisfaction as satisfaction_pct,
    100 * facility.satisfaction_low as satisfaction_low_pct,
    100 * facility.satisfaction_high as satisfaction_high_pct,
    facility.trust_pairs,
    facility.trust_gain,
    facility.trust_gain_low,
    facility.score,
    case when facility.is_model then '模范' when facility.is_model is false then '暂不列入' else '待核' end as conclusion,
    coalesce((
        select {{ listagg_text('rule.text_cn', '；', 'rule.item_id') }}
        from {{ ref('scoring_item') }} as rule
        where rule.rule_set = 'open_facility' and {{ list_has('facility.reason_codes', 'rule.item_id') }}
    ), case when facility.is_model is false and facility.score is not null then '得分不足' end) as reasons
from {{ ref('open_facility') }} as facility
inner join last_year on last_year.year = facility.year
inner join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = facility.enterprise_id
left join {{ ref('dim_area') }} as park on park.area_id = facility.park_id
