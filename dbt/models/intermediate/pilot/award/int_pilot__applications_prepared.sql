{# Applications with score, level, caps and budget, as the allocation asks for them. The budget is what 经费.xlsx gives to task 12; the
   audited cost is the last that was stated. Where that is below 0 nobody knows what to award: no amount is asked for until it is mended. #}
with

parameters as (
    select
        {% for level in [1, 2, 3] -%}
        max(case when parameter_id = 'fund.award_level_{{ level }}_yuan' then value end) as level_{{ level }}_yuan
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from {{ ref('int_core__parameter_values_chosen') }}
    where parameter_id in ('fund.award_level_1_yuan', 'fund.award_level_2_yuan', 'fund.award_level_3_yuan')
),

budget as (
    select {{ exact_sum('budget_yuan') }} as budget_yuan
    from {{ ref('stg_pilot__fundings') }}
    where try_cast(task_no as integer) = 12
),

caps as (
    select
        rule_set,
        {% for fact in ['award_to_request', 'award_to_cost', 'track_budget_share', 'applicant_budget_share'] -%}
        max(case when fact = '{{ fact }}' then {{ try_double('bound_high') }} end) as {{ fact }}
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from {{ ref('scoring_rule') }}
    where kind = 'cap'
    group by rule_set
),

scored as (
    select
        rule_set,
        object_id,
        max(total) as score,
        bool_and(gates_passed) as gates_passed,
        min(vetoes) as vetoes,
        min(level) as level_item,
        max(case when kind = 'score' and dimension = '健康收益' then dimension_points end) as health_points,
        max(case when kind = 'score' and dimension = '实效' then dimension_points end) as effect_points
    from {{ ref('int_pilot__objects_scored') }}
    where rule_set like 'fund%'
    group by rule_set, object_id
),

cost as (
    select object_id, value
    from {{ ref('int_pilot__facts_stated') }}
    where object_kind = 'application' and fact = 'audited_cost_yuan'
    qualify row_number() over (partition by object_id order by year desc nulls last) = 1
)

select
    application.application_id,
    application.year,
    scored.rule_set as track,
    application.applicant_key,
    cast(application.applied_on - date '2000-01-01' as double) as filed_day,
    scored.score,
    scored.health_points as tie_1,
    scored.effect_points as tie_2,
    scored.gates_passed,
    scored.vetoes,
    scored.level_item,
    coalesce(level.points, 0) as level_order,
    scored.gates_passed and scored.vetoes is null and coalesce(level.points, 0) > 0 and application.duplicate_of is null as is_eligible,
    case coalesce(level.points, 0)
        when 1 then parameters.level_1_yuan
        when 2 then parameters.level_2_yuan
        when 3 then parameters.level_3_yuan
        else 0
    end as level_yuan,
    case when cost.value < 0 then null else application.amount_yuan end as asked_yuan,
    case when cost.value >= 0 then cost.value end as cost_yuan,
    budget.budget_yuan,
    caps.award_to_request as request_share,
    caps.award_to_cost as cost_share,
    caps.track_budget_share as track_share,
    caps.applicant_budget_share as applicant_share
from {{ ref('int_pilot__applications_filed') }} as application
inner join scored on scored.object_id = application.application_id
inner join caps on caps.rule_set = scored.rule_set
cross join parameters
cross join budget
left join {{ ref('scoring_rule') }} as level
    on level.rule_set = scored.rule_set and level.kind = 'level' and level.item_id = scored.level_item
left join cost on cost.object_id = application.application_id
