-- Daily values of sites of ambient air in the year up to the as-of date, one a site, substance and day, for the comparison of sites.
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
)

select
    result.site_id,
    result.pollutant_id,
    cast(result.sampled_at as date) as sampled_at,
    {{ exact_mean('result.value') }} as value
from {{ ref('monitoring_result') }} as result
cross join build
where
    result.medium = 'ambient_air' and result.averaging_time = '24h' and result.qc_level in ('A', 'B')
    and result.value is not null and result.sampled_at > build.as_of - 366 and result.sampled_at < build.as_of + 1
group by result.site_id, result.pollutant_id, cast(result.sampled_at as date)
