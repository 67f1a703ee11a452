select
    cast(indicator._line - 1 as integer) as indicator_no,
    indicator.step_cn,
    indicator.indicator_cn,
    indicator.meaning_cn,
    indicator.calculation_cn,
    indicator.data_cn,
    indicator.missing_cn,
    indicator.verified,
    {{ origin_seed('grading_indicator_text', 'indicator', [
        'step_cn', 'indicator_cn', 'meaning_cn', 'calculation_cn', 'data_cn', 'missing_cn', 'verified',
    ]) }} as _origin
from {{ seed_rows('grading_indicator_text') }} as indicator
