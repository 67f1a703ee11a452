-- What the scenarios of the control plan take off the first substance of the sources they reach, all sources together.
with

named as (
    select
        scenario_id,
        min(scenario_cn) as scenario
    from {{ ref('scenario_definition') }}
    group by scenario_id
)

select
    cast(row_number() over (order by result.scenario_id asc nulls last) as integer) as row_no,
    result.scenario_id,
    coalesce(min(named.scenario), result.scenario_id) as scenario,
    cast(count(*) as integer) as enterprise_count,
    {{ exact_sum('-result.emission_change_kg') }} / 1000 as reduction_t,
    cast(count(case when result.grade_after > result.grade_before then 1 end) as integer) as better_count
from {{ ref('scenario_result') }} as result
left join named on named.scenario_id = result.scenario_id
group by result.scenario_id
