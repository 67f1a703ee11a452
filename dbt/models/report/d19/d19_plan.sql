-- Sample size under each set of assumptions.
select
    {{ code_word('planned.basis', 'survey_plan') }} as basis,
    planned.basis as basis_code,
    100 * planned.share as share_pct,
    100 * planned.half_width as half_width_pct,
    planned.design_effect,
    100 * planned.response_share as response_pct,
    planned.persons,
    planned.persons_of_point
from {{ ref('literacy_plan') }} as planned
