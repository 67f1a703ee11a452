-- Mean of the year of each fact that is measured as such. A value known only to be below its limit counts as the limit.
select
    beach_id,
    year,
    fact,
    {{ exact_mean('coalesce(value, value_limit)') }} as value,
    count(coalesce(value, value_limit)) as n
from {{ ref('int_green_index__beach_samples_read') }}
where fact is not null and coalesce(value, value_limit) is not null
group by beach_id, year, fact
