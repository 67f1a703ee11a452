select
    indicator_no as row_no,
    step_cn,
    indicator_cn,
    meaning_cn,
    calculation_cn,
    data_cn,
    missing_cn
from {{ ref('grading_indicator') }}
