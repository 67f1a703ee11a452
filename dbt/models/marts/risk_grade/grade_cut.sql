{# The five cuts of the grading as they stand in this edition: frozen by a clerk's decision, given by the profile, carried from
   the edition before, or proposed by this one. So a later source changes no other source's grade. #}
with

frozen as (
    select
        object_id as cut_id,
        {{ try_double('decided') }} as value,
        decision_id
    from {{ ref('stg_intake__decisions') }}
    where kind = 'freeze'
    qualify
        row_number() over (
            partition by object_id order by decided_at desc nulls last, decision_id desc nulls last
        ) = 1
)

select
    parameter.parameter_id as cut_id,
    coalesce(frozen.value, parameter.value, previous.value, proposed.value) as value,
    case
        when frozen.value is not null then 'frozen'
        when parameter.value is not null then 'profile'
        when previous.value is not null then 'carried'
        when proposed.value is not null then 'proposed'
        else 'none'
    end as state,
    proposed.value as proposed_value,
    frozen.decision_id,
    build.assessment_year as year,
    case
        when frozen.value is not null
            then {{ origin_decision('decision', 'value') }}
        else parameter._origin
    end as _origin
from {{ ref('int_core__parameter_values_chosen') }} as parameter
cross join {{ ref('int_inventory__assessment_year_chosen') }} as build
left join frozen on frozen.cut_id = parameter.parameter_id
left join {{ ref('stg_intake__decisions') }} as decision on decision.decision_id = frozen.decision_id
left join {{ ref('stg_previous__grade_cuts') }} as previous on previous.cut_id = parameter.parameter_id
left join {{ ref('int_risk_grade__cuts_proposed') }} as proposed on proposed.parameter_id = parameter.parameter_id
where parameter.parameter_id like 'grading.%_cut_%'
