-- Mean concentration at the background sites, by medium and pollutant, in the assessment year: the mean of the sites' means.
select
    medium,
    pollutant_id,
    unit,
    cast(count(*) as integer) as site_count,
    {{ exact_mean('mean') }} as background
from {{ ref('int_exposure__site_means_chosen') }}
where site_role = 'background'
group by medium, pollutant_id, unit
