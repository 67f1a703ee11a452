select
    -- ids
    problem.problem_id,
    problem.credit_code,
    problem.permit_no,
    -- text
    problem.enterprise_name,
    problem.object,
    problem.problem_source as problem_source_word,
    problem.description,
    problem.severity as severity_word,
    problem.status as status_word,
    problem.evidence,
    problem.legal_basis,
    problem.remark,
    -- times
    problem.found_on,
    problem.due_on,
    problem.finished_on,
    -- record
    {{ provenance('problem') }}
from {{ source('supervision', 'problem') }} as problem
where not {{ list_has('problem._flags', "'DATE-AFTER-AS-OF'") }}
