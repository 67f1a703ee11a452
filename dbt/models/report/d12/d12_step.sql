-- Steps of the yearly assessment.
select
    step.step_no as row_no,
    {{ code_word('step.stage', 'index_stage') }} as stage,
    step.step_cn,
    step.who_cn,
    step.when_cn,
    step.content_cn,
    step.record_cn
from {{ ref('index_procedure_step') }} as step
