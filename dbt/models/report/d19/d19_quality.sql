select
    cast(row_number() over (order by year asc nulls last, street asc nulls last) as integer) as row_no,
    year,
    street,
    sampled,
    responded,
    valid,
    100 * valid_share as valid_pct,
    100 * rechecked_share as rechecked_pct,
    100 * consistent_share as consistent_pct,
    too_fast,
    straight_lined
from {{ ref('literacy_quality') }}
