-- Steps of applications in codes; a word that no code stands for is kept as written.
select
    step.application_id,
    coalesce(word.code, trim(step.event)) as step,
    word.code is not null as is_step_known,
    step.happened_on,
    step.amount_yuan,
    {{ origin_cells('pilot_subsidy_event', 'step', {
        'application_id': 'application_id', 'step': 'event', 'happened_at': 'happened_on', 'amount_yuan': 'amount_yuan'
    }) }} as _origin
from {{ ref('stg_pilot__subsidy_events') }} as step
left join {{ ref('crosswalk_code') }} as word on word.code_set = 'fund_step' and word.word = trim(step.event)
where step.happened_on is not null and step.application_id is not null
