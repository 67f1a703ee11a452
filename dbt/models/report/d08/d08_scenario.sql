-- What the plan buys: each scenario of measures with the change of releases, grades and toxicity-weighted risk.
with

named as (
    select
        scenario_id,
        min(scenario_cn) as scenario_cn
    from {{ ref('scenario') }}
    group by scenario_id
)

select
    cast(row_number() over (order by result.scenario_id asc nulls last) as integer) as row_no,
    result.scenario_id,
    coalesce(min(named.scenario_cn), result.scenario_id) as scenario,
    cast(count(*) as integer) as source_count,
    {{ exact_sum('-result.emission_change_kg') }} as reduction_kg,
    cast(count(case when result.grade_after > result.grade_before then 1 end) as integer) as milder_count,
    -100 * {{ exact_mean('result.risk_change_share') }} as risk_reduction_pct
from {{ ref('scenario_result') }} as result
left join named on named.scenario_id = result.scenario_id
group by result.scenario_id
