{# What the plan itself says twice and differently, and what is followed. #}
select
    difference.difference_no,
    difference.item,
    difference.in_text,
    difference.in_annex,
    difference.followed,
    difference.source_ref,
    difference.verified,
    {{ origin_seed('pilot_plan_difference', 'difference', [
        'item', 'in_text', 'in_annex', 'followed', 'source_ref', 'verified'
    ]) }} as _origin
from {{ seed_rows('pilot_plan_difference') }} as difference
