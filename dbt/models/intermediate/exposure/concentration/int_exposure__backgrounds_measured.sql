-- Mean concentration at the background sites, by medium and pollutant, over the assessment year: the mean of each site, then of the
-- sites. A non-detect counts half its limit; one whose limit is unknown, and what an instrument flagged, do not count.
with

site_mean as (
    select
        result.site_id,
        result.medium,
        result.pollutant_id,
        result.unit,
        {{ exact_mean('case when result.is_nondetect then result.detection_limit / 2 else result.value end') }} as mean
    from {{ ref('int_exposure__results_converted') }} as result
    inner join {{ ref('dim_monitoring_site') }} as site on site.site_id = result.site_id and site.site_role = 'background'
    cross join {{ ref('int_inventory__assessment_year_chosen') }} as build
    where
        not result.is_flagged
        and {{ period_of('result.sampled_at', 'year') }} = {{ to_text('build.assessment_year') }}
    group by result.site_id, result.medium, result.pollutant_id, result.unit
)

select
    medium,
    pollutant_id,
    unit,
    cast(count(mean) as integer) as site_count,
    {{ exact_mean('mean') }} as background
from site_mean
where mean is not null
group by medium, pollutant_id, unit
