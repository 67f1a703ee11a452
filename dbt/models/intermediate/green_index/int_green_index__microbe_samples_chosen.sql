-- Microbe counts of the bathing season; other months say nothing about bathing.
with season as (
    select
        max(case when parameter_id = 'beach.season_first_month' then value end) as first_month,
        max(case when parameter_id = 'beach.season_last_month' then value end) as last_month
    from {{ ref('int_core__parameter_values_chosen') }}
)

select
    samples.beach_id,
    samples.year,
    samples.microbe,
    samples.value,
    samples.value_limit
from {{ ref('int_green_index__beach_samples_read') }} as samples
cross join season
where samples.microbe is not null and samples.month between season.first_month and season.last_month
