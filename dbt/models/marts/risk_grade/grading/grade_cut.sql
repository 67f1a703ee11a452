{# The five cuts of the grading as they stand in this edition: frozen by a clerk's decision, given by the profile, carried from
   the edition before, or proposed by this one. So a later source changes no other source's grade. What is not decided keeps between
   the decided cuts below and above it; cuts never fall. #}
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
),

chosen as (
    select
        parameter.parameter_id as cut_id,
        split_part(parameter.parameter_id, '_cut_', 1) as cut_kind,
        split_part(parameter.parameter_id, '_cut_', 2) as place,
        coalesce(frozen.value, parameter.value) as decided,
        coalesce(frozen.value, parameter.value, previous.value, proposed.value) as value
    from {{ ref('int_core__parameter_values_chosen') }} as parameter
    left join frozen on frozen.cut_id = parameter.parameter_id
    left join {{ ref('stg_previous__grade_cuts') }} as previous on previous.cut_id = parameter.parameter_id
    left join {{ ref('int_risk_grade__cuts_proposed') }} as proposed on proposed.parameter_id = parameter.parameter_id
    where parameter.parameter_id like 'grading.%_cut_%'
),

bounded as (
    select
        cut_id,
        cut_kind,
        place,
        value,
        decided,
        max(decided) over (
            partition by cut_kind order by place asc nulls last rows between unbounded preceding and 1 preceding
        ) as decided_below,
        min(decided) over (
            partition by cut_kind order by place asc nulls last rows between 1 following and unbounded following
        ) as decided_above
    from chosen
),

risen as (
    select
        cut_id,
        value is not null as is_known,
        max(
            case
                when decided is not null then decided
                else
                    least(
                        greatest(value, coalesce(decided_below, value)),
                        coalesce(decided_above, greatest(value, coalesce(decided_below, value)))
                    )
            end
        ) over (
            partition by cut_kind order by place asc nulls last rows between unbounded preceding and current row
        ) as value
    from bounded
)

select
    parameter.parameter_id as cut_id,
    parameter.label_cn as name_cn,
    case when risen.is_known then risen.value end as value,
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
inner join risen on risen.cut_id = parameter.parameter_id
left join frozen on frozen.cut_id = parameter.parameter_id
left join {{ ref('stg_intake__decisions') }} as decision on decision.decision_id = frozen.decision_id
left join {{ ref('stg_previous__grade_cuts') }} as previous on previous.cut_id = parameter.parameter_id
left join {{ ref('int_risk_grade__cuts_proposed') }} as proposed on proposed.parameter_id = parameter.parameter_id
where parameter.parameter_id like 'grading.%_cut_%'
