-- Other rules tried on the same applications, against the one in force.
with

ruling as (
    select application_id, award_yuan from {{ ref('fund_simulation') }} where is_in_force
),

tried as (
    select
        trial.scenario,
        max(trial.scenario_no) as scenario_no,
        max(trial.scenario_name) as scenario_name,
        bool_or(trial.is_in_force) as is_in_force,
        max(trial.budget_yuan) as budget_yuan,
        cast(count(*) as integer) as application_count,
        cast(count(case when trial.award_yuan > 0 then 1 end) as integer) as award_count,
        {{ exact_sum('trial.award_yuan') }} as award_yuan,
        cast(count(case when trial.award_yuan <> ruling.award_yuan then 1 end) as integer) as changed_count,
        cast(count(case when trial.award_yuan > 0 and ruling.award_yuan = 0 then 1 end) as integer) as added_count,
        cast(count(case when trial.award_yuan = 0 and ruling.award_yuan > 0 then 1 end) as integer) as lost_count
    from {{ ref('fund_simulation') }} as trial
    inner join ruling on ruling.application_id = trial.application_id
    group by trial.scenario
)

select
    cast(row_number() over (order by scenario_no asc nulls last) as integer) as row_no,
    scenario,
    scenario_name || case when is_in_force then '（现行）' else '' end as scenario_name,
    application_count,
    award_count,
    award_yuan / 10000 as award_wan_yuan,
    budget_yuan / 10000 as budget_wan_yuan,
    (budget_yuan - award_yuan) / 10000 as balance_wan_yuan,
    changed_count,
    added_count,
    lost_count
from tried
