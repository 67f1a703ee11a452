{# Sample size of the next survey under the plan's assumptions and under what the last survey showed. #}
select
    planned.basis,
    planned.share,
    planned.half_width,
    planned.design_effect,
    planned.response as response_share,
    planned.persons,
    planned.persons_of_point,
    'pilot.literacy_plan' as used_by
from {{ ref('int_pilot__samples_planned') }} as planned
