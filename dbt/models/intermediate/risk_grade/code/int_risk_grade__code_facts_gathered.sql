{# Facts of every risk source that code rules ask for, in the words of the seed code_rule: a number, a yes or no, or a word. A fact
   that nobody knows has no row (the grade has one without a value) and fires no rule. Counts of problems and complaints are known
   where the area has supervision files at all. What problem rules ask for too is told by the same facts; of several outlets the share of
   the worst one. #}
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
),

supervision as (
    select count(*) > 0 as is_known
    from {{ ref('stg_supervision__problems') }}
),

counted as (
    select
        problem.enterprise_id,
        count(case when problem.status <> 'closed' and problem.overdue_days > 0 then 1 end) as overdue_problems,
        count(case when problem.status <> 'closed' and problem.overdue_days > 0 and problem.severity = 'critical' then 1 end)
            as overdue_critical,
        count(case when problem.source = 'complaint' and problem.found_at > build.as_of - 90 then 1 end) as complaints_90d,
        count(case when problem.is_recurrence and coalesce(problem.reopened_at, problem.found_at) > build.as_of - 365 then 1 end)
            as recurrences
    from {{ ref('problem') }} as problem
    cross join build
    group by problem.enterprise_id
),

source as (
    select
        grade.*,
        coalesce(counted.overdue_problems, 0) as overdue_problems,
        coalesce(counted.overdue_critical, 0) as overdue_critical,
        coalesce(counted.complaints_90d, 0) as complaints_90d,
        case when counted.recurrences > 0 then counted.recurrences + 1 else 0 end as recurrence_12m,
        supervision.is_known as has_supervision
    from {{ ref('source_grade') }} as grade
    cross join supervision
    left join counted on counted.enterprise_id = grade.enterprise_id
)

{% set numbers = [
    ('grade', 'grade', 'true'), ('overdue_problems', 'overdue_problems', 'has_supervision or overdue_problems > 0'),
    ('overdue_critical', 'overdue_critical', 'has_supervision or overdue_critical > 0'),
    ('complaints_90d', 'complaints_90d', 'has_supervision'), ('recurrence_12m', 'recurrence_12m', 'has_supervision'),
] %}
{% for fact, value, known in numbers %}
select
    enterprise_id,
    '{{ fact }}' as fact,
    cast({{ value }} as double) as value,
    cast(null as boolean) as is_true,
    cast(null as {{ type_string() }}) as word
from source
where {{ known }}
union all
{% endfor %}
select
    age.enterprise_id,
    'data_age_days' as fact,
    cast(age.days_since as double) as value,
    cast(null as boolean) as is_true,
    cast(null as {{ type_string() }}) as word
from {{ ref('int_risk_grade__data_ages_measured') }} as age
inner join source on source.enterprise_id = age.enterprise_id
union all
select
    exceedance.enterprise_id,
    exceedance.fact,
    exceedance.value,
    cast(null as boolean) as is_true,
    cast(null as {{ type_string() }}) as word
from {{ ref('int_risk_grade__exceedances_counted') }} as exceedance
inner join source on source.enterprise_id = exceedance.enterprise_id
where exceedance.fact in ('exceed_90d_hours', 'exceed_90d_days')
union all
select
    enterprise_id,
    'data_confidence' as fact,
    cast(null as double) as value,
    cast(null as boolean) as is_true,
    data_confidence as word
from source
where grade is not null
union all
select
    enterprise_id,
    'carcinogen_unmonitored' as fact,
    cast(null as double) as value,
    {{ list_size('unmonitored_carcinogens') }} > 0 as is_true,
    cast(null as {{ type_string() }}) as word
from source
union all
select
    found.enterprise_id,
    found.fact,
    min(found.value) as value,
    bool_or(found.is_true) as is_true,
    cast(null as {{ type_string() }}) as word
from {{ ref('int_risk_grade__facts_found') }} as found
inner join source on source.enterprise_id = found.enterprise_id
where
    found.fact in (
        'fraud_confirmed', 'banned_use', 'incident_major', 'cems_completeness', 'stopped_days'
    )
group by found.enterprise_id, found.fact
union all
select
    repaired.enterprise_id,
    'ldar_repair_on_time' as fact,
    repaired.value,
    cast(null as boolean) as is_true,
    cast(null as {{ type_string() }}) as word
from {{ ref('int_risk_grade__leak_repairs_chosen') }} as repaired
inner join source on source.enterprise_id = repaired.enterprise_id
union all
select
    source.enterprise_id,
    rule.fact,
    cast(null as double) as value,
    coalesce(source.veto_cancer_risk >= rule.cancer_risk or source.veto_hazard_index >= rule.hazard_index, false) as is_true,
    cast(null as {{ type_string() }}) as word
from source
cross join {{ ref('int_risk_grade__veto_lines_chosen') }} as rule
where source.is_assessed
union all
select
    fact.enterprise_id,
    fact.fact,
    cast(null as double) as value,
    fact.is_true,
    cast(null as {{ type_string() }}) as word
from {{ ref('int_risk_grade__facts_found') }} as fact
inner join source on source.enterprise_id = fact.enterprise_id
where fact.fact = 'permit_valid'
