-- Rules in the order of their file, which is the order in which a page explains them.
select
    rule_set,
    dimension,
    item_id,
    step_no,
    kind,
    fact,
    unit,
    operator,
    bound_low,
    bound_high,
    points,
    max_points,
    text_cn,
    cast(_line as integer) as line_no
from {{ seed_rows('scoring_rule') }} as rule
where verified <> 'doubtful'
