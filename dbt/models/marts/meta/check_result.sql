-- Checks of the gates that ran before this model; the publisher takes those of the later gates from intake.check_result.
select
    checks.run_id,
    checks.gate,
    checks.check_name,
    checks.severity,
    checks.passed,
    checks.failing_rows,
    checks.checked_at,
    checks.message_cn
from {{ source('intake', 'check_result') }} as checks
where checks.run_id in (select run_id from {{ source('intake', 'build') }})
