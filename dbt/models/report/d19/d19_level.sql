-- Literacy of the whole and by dimension, with the stricter line beside it.
select
    cast(
        row_number() over (
            order by level.year asc nulls last, label.sort_no asc nulls last, level.group_kind asc nulls last
        ) as integer
    ) as row_no,
    level.year,
    level.dimension as dimension_code,
    level.group_kind,
    {{ code_word('level.dimension', 'dimension_of_literacy') }} as dimension,
    100 * level.threshold as threshold_pct,
    level.n,
    100 * level.estimate as estimate_pct,
    100 * level.ci_low as ci_low_pct,
    100 * level.ci_high as ci_high_pct,
    level.design_effect,
    {{ code_word('level.target_result', 'target_result') }} as result
from {{ ref('literacy') }} as level
left join {{ ref('code_label') }} as label on label.code_set = 'dimension_of_literacy' and label.code = level.dimension
where level.group_kind in ('all', 'all_strict')
