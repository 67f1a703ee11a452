{# What the plan itself says twice and differently, and what this edition follows. #}
select
    difference.difference_no as row_no,
    difference.item,
    difference.in_text,
    difference.in_annex,
    difference.followed,
    difference.source_ref,
    {{ code_word('difference.verified', 'verified') }} as verified,
    {{ origin_seed('pilot_plan_difference', 'difference', [
        'item', 'in_text', 'in_annex', 'followed', 'source_ref', 'verified'
    ]) }} as _origin
from {{ seed_rows('pilot_plan_difference') }} as difference
