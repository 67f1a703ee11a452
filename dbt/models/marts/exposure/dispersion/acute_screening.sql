-- The largest hour against the acute benchmark: measured by stations, and modelled at sensitive places and sites.
with

measured as (
    select
        hourly.site_id as place_id,
        hourly.pollutant_id,
        'measured' as basis,
        max(hourly.value) as max_1h_ug_m3,
        cast(null as {{ type_string() }}) as driver_enterprise_id
    from {{ ref('monitoring_hourly') }} as hourly
    where hourly.unit = 'ug/m3' and coalesce(hourly.medium, 'ambient_air') in ('ambient_air', 'fugitive') and hourly.value is not null
    group by hourly.site_id, hourly.pollutant_id
),

peaks as (
    select * from measured
    union all
    select place_id, pollutant_id, 'modelled' as basis, max_1h_ug_m3, driver_enterprise_id
    from {{ ref('int_exposure__hourly_peaks_modelled') }}
)

select
    peaks.place_id,
    place.place_kind,
    peaks.pollutant_id,
    peaks.basis,
    peaks.max_1h_ug_m3,
    benchmark.benchmark_type,
    benchmark.benchmark_ug_m3,
    peaks.max_1h_ug_m3 / benchmark.benchmark_ug_m3 as hazard_quotient,
    peaks.driver_enterprise_id,
    benchmark.toxicity_value_id
from peaks
inner join {{ ref('int_exposure__acute_benchmarks_chosen') }} as benchmark on benchmark.pollutant_id = peaks.pollutant_id
inner join {{ ref('int_exposure__places_united') }} as place on place.place_id = peaks.place_id
