-- The measures of each graded source: why, until when, and what they buy of the link that they speak of. A measure keeps the day that
-- it was given first.
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
),

days as (
    select
        cast(right(parameter_id, 1) as integer) as grade,
        cast(value as integer) as due_days
    from {{ ref('int_core__parameter_values_chosen') }}
    where parameter_id like 'measure.due_days_%'
)

select
    matched.enterprise_id,
    matched.measure_id,
    build.as_of,
    '风险源' || {{ grade_word('grade.grade') }} || '级'
    || case
        when matched.is_zone_unknown then '，分区未知按加强管控区'
        when matched.zone_kind is not null then '，' || {{ code_word('matched.zone_kind', 'zone_kind') }}
        else ''
    end as trigger,
    coalesce(previous.due, build.as_of + days.due_days) as due,
    measure.expected_reduction_low * matched.link_kg as expected_reduction_kg,
    measure.expected_reduction_high * matched.link_kg as expected_reduction_high_kg,
    matched.link_kg,
    measure.stage
from {{ ref('int_risk_grade__measures_matched') }} as matched
cross join build
inner join {{ ref('source_grade') }} as grade on grade.enterprise_id = matched.enterprise_id
inner join {{ ref('control_measure') }} as measure on measure.measure_id = matched.measure_id
inner join days on days.grade = grade.grade
left join {{ ref('stg_previous__enterprise_measures') }} as previous
    on previous.enterprise_id = matched.enterprise_id and previous.measure_id = matched.measure_id
