{# Class 1 carcinogens (IARC) that a risk source emits and nobody monitors: no result of a monitoring site of the enterprise in
   the stated years, and no figure of its own that was measured; a word for monitoring that the outlet cannot have (fugitive releases are
   not monitored automatically) shows nothing. Where the area has no monitoring result at all nothing is known,
   and nothing is said. #}
with

parameter as (
    select max(case when parameter_id = 'grading.monitored_years' then value end) as years
    from {{ ref('int_core__parameter_values_chosen') }}
),

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
),

result as (
    select distinct
        site.enterprise_id,
        result.pollutant_id
    from {{ ref('int_exposure__results_converted') }} as result
    inner join {{ ref('dim_monitoring_site') }} as site on site.site_id = result.site_id
    cross join build
    cross join parameter
    where result.sampled_at >= build.as_of - cast(parameter.years * 366 as integer)
),

measured as (
    select enterprise_id, pollutant_id from result
    where enterprise_id is not null
    union distinct
    select claim.enterprise_id, claim.pollutant_id
    from {{ ref('emission_claim') }} as claim
    cross join build
    cross join parameter
    inner join {{ ref('emission_method') }} as method on method.method = claim.method
    left join {{ ref('dim_outlet') }} as outlet on outlet.outlet_id = claim.outlet_id
    where
        claim.method in ('automatic', 'manual_monitoring') and claim.year >= year(build.as_of) - parameter.years
        and coalesce(method.not_of_outlet_kind <> outlet.outlet_kind, true)
),

monitoring as (
    select count(*) > 0 as is_known
    from result
)

select distinct
    release.enterprise_id,
    release.pollutant_id
from {{ ref('int_risk_grade__releases_loaded') }} as release
inner join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = release.pollutant_id
cross join monitoring
left join measured on measured.enterprise_id = release.enterprise_id and measured.pollutant_id = release.pollutant_id
where
    monitoring.is_known
    and release.emission_kg > 0
    and (pollutant.iarc_group = '1' or pollutant.iarc_group like '1 %')
    and measured.pollutant_id is null
