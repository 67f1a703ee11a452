{# From all candidates to the list, step by step; what a step keeps the next one begins with. #}
with

cut as (
    select
        max(case when parameter_id = 'screening.cut_score' then value end) as cut_score,
        max(case when parameter_id = 'screening.first_ranks' then value end) as first_ranks
    from {{ ref('parameter_used') }}
),

counted as (
    select
        cast(count(*) as integer) as candidates,
        cast(count(case when is_present then 1 end) as integer) as present,
        cast(count(case when is_risk_pollutant then 1 end) as integer) as listed,
        cast(count(case when is_high_risk then 1 end) as integer) as high
    from {{ ref('risk_pollutant') }}
),

steps as (
    select 1 as row_no, '候选' as step, '列入名录，或区内生产、使用、许可、排放、检出' as rule, candidates as kept, 0 as removed
    from counted
    union all
    select 2 as row_no, '存在性' as step, '区内存在' as rule, present as kept, candidates - present as removed
    from counted
    union all
    select
        3 as row_no,
        '入选' as step,
        '列入参与判定的名录，或综合得分不低于' || coalesce({{ parameter_text('cut.cut_score') }}, '入选下限') as rule,
        counted.listed as kept,
        counted.present - counted.listed as removed
    from counted cross join cut
    union all
    select
        4 as row_no,
        '高风险' as step,
        '入选且位次在前' || coalesce({{ parameter_text('cut.first_ranks') }}, '若干') || '位' as rule,
        counted.high as kept,
        counted.listed - counted.high as removed
    from counted cross join cut
)

select
    row_no,
    step,
    rule,
    kept,
    removed,
    'inventory.risk_pollutant' as used_by
from steps
