-- Transitions of a problem that the closed loop allows, with the condition of each.
select
    known.transition_id,
    known.status_from,
    known.event,
    known.status_to,
    known.condition_cn,
    known.is_usual,
    {{ origin_seed('problem_transition', 'known', [
        'transition_id', 'status_from', 'event', 'status_to', 'condition_cn', 'is_usual']) }} as _origin
from {{ seed_rows('problem_transition') }} as known
where known.verified <> 'doubtful'
