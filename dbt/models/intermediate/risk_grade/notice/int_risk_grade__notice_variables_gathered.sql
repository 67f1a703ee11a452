{# What the letters say: one row a letter and variable of its passages (seed official_phrase); null where nobody knows. Days and limits come
   from the tables that decide them, so that a letter and a rule cannot disagree. The id of a rule's problem is the machine's and is printed in no letter. #}
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
),

parameter as (
    select cast(max(case when parameter_id = 'problem.urge_days' then value end) as integer) as urge_days
    from {{ ref('int_core__parameter_values_chosen') }}
),

appeal_term as (
    select
        max(case when rule_id = 'AR-01' then limit_days end) as days,
        max(case when rule_id = 'AR-06' then limit_days end) as decide_days
    from {{ ref('appeal_rule') }}
),

notice as (
    select
        listed.*,
        coalesce(site.name, listed.enterprise_id) as enterprise_name
    from {{ ref('int_risk_grade__notices_listed') }} as listed
    left join {{ ref('dim_enterprise') }} as site on site.enterprise_id = listed.enterprise_id
),

of_problem as (
    select
        notice.notice_id,
        case when problem.rule_id is null then problem.problem_id end as problem_id,
        worded.source_cn,
        worded.object_cn,
        worded.fact_cn,
        worded.legal_basis_cn,
        worded.due_date_cn,
        worded.evidence_cn
    from notice
    inner join {{ ref('problem') }} as problem on problem.problem_id = notice.object_id
    inner join {{ ref('int_risk_grade__problems_worded') }} as worded on worded.problem_id = problem.problem_id
    where notice.kind = 'problem'
),

of_overdue as (
    select
        notice.notice_id,
        {{ to_text('count(*)') }} as problem_count,
        {{ date_cn('build.as_of') }} as as_of_cn,
        {{ date_cn('build.as_of + parameter.urge_days') }} as new_due_cn
    from notice
    cross join build
    cross join parameter
    inner join {{ ref('notice_problem') }} as listed on listed.notice_id = notice.notice_id
    where notice.kind = 'rectify'
    group by notice.notice_id, build.as_of, parameter.urge_days
),

of_warning as (
    select
        notice.notice_id,
        {{ date_cn('build.as_of') }} as as_of_cn,
        {{ code_word('code.colour', 'colour') }} as colour_cn,
        rule.condition_cn as rule_cn,
        {{ code_word('warning.colour_to', 'colour') }} as next_colour_cn,
        warning.advice as advice_cn
    from notice
    cross join build
    inner join {{ ref('early_warning') }} as warning
        on warning.enterprise_id = notice.enterprise_id and warning.rule_id = notice.object_id
    inner join {{ ref('risk_code') }} as code on code.enterprise_id = notice.enterprise_id
    inner join {{ ref('int_risk_grade__code_rules_chosen') }} as rule on rule.rule_id = notice.object_id
    where notice.kind = 'warning'
),

of_appeal as (
    select
        notice.notice_id,
        appeal.appeal_id,
        appeal.reason as reason_cn,
        {{ date_cn('appeal.filed_at') }} as filed_date_cn,
        {{ date_cn('appeal.decide_by') }} as decide_by_cn,
        {{ date_cn('appeal.decided_at') }} as decided_date_cn,
        {{ date_cn('build.as_of') }} as as_of_cn,
        {{ to_text('appeal_term.decide_days') }} as decide_days_cn,
        {{ code_word('code.colour', 'colour') }} as colour_cn,
        term.term_cn
    from notice
    cross join build
    cross join appeal_term
    inner join {{ ref('appeal') }} as appeal on appeal.appeal_id = notice.object_id
    left join {{ ref('int_risk_grade__appeal_terms_worded') }} as term on term.appeal_id = appeal.appeal_id
    left join {{ ref('risk_code') }} as code on code.enterprise_id = notice.enterprise_id
    where notice.kind = 'appeal'
)

{% set columns = {
    'of_problem': ['problem_id', 'source_cn', 'object_cn', 'fact_cn', 'legal_basis_cn', 'due_date_cn', 'evidence_cn'],
    'of_overdue': ['problem_count', 'as_of_cn', 'new_due_cn'],
    'of_warning': ['as_of_cn', 'colour_cn', 'rule_cn', 'next_colour_cn', 'advice_cn'],
    'of_appeal': ['appeal_id', 'reason_cn', 'filed_date_cn', 'decide_by_cn', 'decided_date_cn', 'as_of_cn', 'decide_days_cn', 'colour_cn', 'term_cn'],
} %}
{% for table, names in columns.items() %}
{% for name in names %}
select
    notice_id,
    '{{ name }}' as variable,
    {{ name }} as value
from {{ table }}
union all
{% endfor %}
{% endfor %}
select
    notice.notice_id,
    'enterprise_name' as variable,
    notice.enterprise_name as value
from notice
union all
select
    notice.notice_id,
    'contact_office' as variable,
    subject.issuer as value
from notice
inner join {{ ref('int_risk_grade__code_subjects_described') }} as subject on subject.enterprise_id = notice.enterprise_id
union all
select
    notice.notice_id,
    'appeal_days_cn' as variable,
    {{ to_text('appeal_term.days') }} as value
from notice
cross join appeal_term
