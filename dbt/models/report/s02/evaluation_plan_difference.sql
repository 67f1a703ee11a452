select
    difference.difference_no as row_no,
    difference.item,
    difference.in_text,
    difference.in_annex,
    difference.followed,
    difference.source_ref,
    {{ code_word('difference.verified', 'verified') }} as verified
from {{ ref('plan_difference') }} as difference
