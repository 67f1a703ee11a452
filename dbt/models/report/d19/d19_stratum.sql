select
    cast(row_number() over (order by year asc nulls last, stratum asc nulls last) as integer) as row_no,
    year,
    stratum,
    min(stratum_cn) as stratum_cn,
    cast(count(case when not is_replacement then 1 end) as integer) as point_count,
    cast(count(case when is_replacement then 1 end) as integer) as replacement_count,
    cast(sum(residents_15_69) as integer) as residents,
    min(inclusion_probability) as least_probability,
    max(inclusion_probability) as largest_probability
from {{ ref('literacy_point') }}
group by year, stratum
