-- Open problems, the worst first.
select
    cast(
        row_number() over (
            order by
                label.sort_no asc nulls last, problem.overdue_days desc nulls last, problem.due asc nulls last,
                problem.problem_id asc nulls last
        ) as integer
    ) as row_no,
    problem.problem_id,
    enterprise.name,
    problem.description,
    problem.object_cn,
    {{ code_word('problem.severity', 'severity') }} as severity,
    {{ code_word('problem.source', 'problem_source') }} as source,
    problem.found_at,
    problem.due,
    {{ code_word('problem.status', 'problem_status') }} as status,
    problem.overdue_days,
    case when problem.is_recurrence then '是' else '否' end as is_recurrence,
    {{ articles_together('problem.legal_basis') }} as legal_basis
from {{ ref('problem') }} as problem
left join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = problem.enterprise_id
left join {{ ref('code_label') }} as label on label.code_set = 'severity' and label.code = problem.severity
where problem.status not in ('closed', 'rejected')
