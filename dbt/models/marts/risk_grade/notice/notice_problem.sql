-- The overdue problems that a 督办函 lists, the gravest first. A 告知单 speaks of one problem, which its own row names.
select
    listed.notice_id,
    cast(row_number() over (
        partition by listed.notice_id
        order by
            severity.sort_no asc nulls last, problem.overdue_days desc nulls last, worded.object_cn asc nulls last,
            problem.problem_id asc nulls last
    ) as integer) as row_no,
    problem.problem_id,
    problem.enterprise_id,
    problem.severity,
    worded.object_cn,
    worded.fact_cn,
    problem.due,
    problem.overdue_days,
    worded.legal_basis_cn as legal_basis,
    worded.evidence_cn as evidence_wanted
from {{ ref('int_risk_grade__notices_listed') }} as listed
inner join {{ ref('problem') }} as problem on problem.enterprise_id = listed.enterprise_id and {{ is_urged('problem') }}
inner join {{ ref('int_risk_grade__problems_worded') }} as worded on worded.problem_id = problem.problem_id
left join {{ ref('code_label') }} as severity on severity.code_set = 'severity' and severity.code = problem.severity
where listed.kind = 'rectify'
