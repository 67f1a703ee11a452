select
    indicator_id,
    n,
    skewness,
    excess_kurtosis,
    correlated_with,
    largest_correlation,
    index_change_without,
    flags
from {{ ref('int_green_index__indicators_diagnosed') }}
