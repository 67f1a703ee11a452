{# One row: the figures that the text of D05 quotes. #}
with

sites as (
    select
        cast(count(case when is_existing then 1 end) as integer) as existing_count,
        cast(count(case when is_selected then 1 end) as integer) as planned_count,
        cast(count(case when action_code = 'keep' then 1 end) as integer) as kept_count,
        cast(count(case when action_code = 'add' then 1 end) as integer) as added_count,
        cast(count(case when action_code = 'move' and not is_existing then 1 end) as integer) as moved_count,
        cast(count(case when action_code = 'stop' then 1 end) as integer) as stopped_count,
        cast(count(case when longitude is null then 1 end) as integer) as placeless_count
    from {{ ref('d05_site') }}
),

items as (
    select
        cast(count(current_frequency) as integer) as current_item_count,
        cast(count(frequency) as integer) as item_count,
        cast(count(case when change = 'added' then 1 end) as integer) as added_item_count,
        cast(count(case when change = 'changed' then 1 end) as integer) as changed_item_count,
        cast(count(case when change = 'stopped' then 1 end) as integer) as stopped_item_count,
        cast(count(case when change = 'moved' then current_frequency end) as integer) as moved_out_item_count,
        cast(count(case when change = 'moved' then frequency end) as integer) as moved_in_item_count,
        cast(count(case when frequency is not null and cost_yuan_a is null then 1 end) as integer) as unpriced_count,
        -- automatic stations are priced by the station, not by a method
        cast(count(case when frequency <> 'continuous' and method_code is null then 1 end) as integer) as unlisted_count,
        coalesce({{ exact_sum('current_cost_yuan_a') }}, 0) / 10000 as current_cost_wan,
        coalesce({{ exact_sum('cost_yuan_a') }}, 0) / 10000 as cost_wan,
        (coalesce({{ exact_sum('cost_yuan_a') }}, 0) - coalesce({{ exact_sum('current_cost_yuan_a') }}, 0)) / 10000 as difference_wan,
        coalesce({{ exact_sum("case when current_frequency = 'continuous' then current_cost_yuan_a end") }}, 0) / 10000
            as current_online_cost_wan,
        coalesce({{ exact_sum("case when frequency = 'continuous' then cost_yuan_a end") }}, 0) / 10000 as online_cost_wan,
        coalesce({{ exact_sum("case when current_frequency <> 'continuous' then current_cost_yuan_a end") }}, 0) / 10000
            as current_manual_cost_wan,
        coalesce({{ exact_sum("case when frequency <> 'continuous' then cost_yuan_a end") }}, 0) / 10000 as manual_cost_wan,
        min(case when change <> 'retained' and frequency is not null then starts end) as starts,
        min(plan_version) as plan_version
    from {{ ref('monitoring_plan') }}
),

network as (
    select
        100 * max(case when is_existing then covered_risk_share end) as existing_covered_pct,
        100 * max(covered_risk_share) as covered_pct,
        coalesce({{ exact_sum("case when is_selected then cost_yuan_a end") }}, 0) / 10000 as siting_cost_wan,
        max(mean_distance_m) / 1000 as mean_distance_km,
        100 * max(optimality_gap) as gap_pct,
        case
            when min(case when is_choice_unique then 1 when not is_choice_unique then 0 end) = 1 then '最优解唯一'
            when min(case when is_choice_nearest then 1 when not is_choice_nearest then 0 end) = 0
                then '居住地和点位的组合超过六万对，没有在覆盖和费用一样好的方案中取最近的，最优解不唯一，可按用地、供电等条件另选'
            else '最优解不唯一，可按用地、供电等条件在同样优的点位中另选'
        end as uniqueness
    from {{ ref('monitoring_network') }}
),

budget as (
    select max({{ try_double("case when parameter_id = 'network.budget_yuan_a' then value end") }}) / 10000 as budget_wan
    from {{ ref('parameter_used') }}
),

chains as (
    select
        cast(count(*) as integer) as chain_count,
        cast(count(case when not is_complete then 1 end) as integer) as broken_count
    from {{ ref('d05_chain') }}
),

uncovered as (
    select
        cast(count(*) as integer) as uncovered_count,
        coalesce({{ exact_sum('population') }}, 0) as uncovered_population
    from {{ ref('d05_uncovered') }}
),

weak as (
    select
        cast(count(case when is_weak then 1 end) as integer) as weak_count,
        cast(count(case when method is null then 1 end) as integer) as methodless_count
    from {{ ref('d05_item') }}
),

completion as (
    select
        cast(coalesce(sum(planned), 0) as integer) as due_count,
        cast(coalesce(sum(late), 0) as integer) as late_count,
        100.0 * sum(done) / nullif(sum(planned), 0) as done_pct
    from {{ ref('monitoring_completion') }}
),

alarms as (
    select cast(count(*) as integer) as alarm_count from {{ ref('monitoring_alarm') }}
)

select
    'D05' as document_id,
    sites.*,
    items.*,
    network.*,
    budget.budget_wan,
    chains.*,
    uncovered.*,
    weak.*,
    completion.*,
    alarms.*,
    edition.assessment_year,
    edition.edition_no
from sites
cross join items
cross join network
cross join budget
cross join chains
cross join uncovered
cross join weak
cross join completion
cross join alarms
cross join {{ ref('edition') }} as edition
