-- The largest hour against the acute benchmark: measured in any year, and modelled at sensitive places and sites.
with

measured as (
    select
        site_id as place_id,
        pollutant_id,
        'measured' as basis,
        max(max) as max_1h_ug_m3,
        cast(null as boolean) as is_calm,
        cast(null as {{ type_string() }}) as driver_enterprise_id
    from {{ ref('monitoring_summary') }}
    where averaging_time = '1h' and unit = 'ug/m3' and coalesce(medium, 'ambient_air') in ('ambient_air', 'fugitive') and max is not null
    group by site_id, pollutant_id
),

peaks as (
    select * from measured
    union all
    select place_id, pollutant_id, 'modelled' as basis, max_1h_ug_m3, is_calm, driver_enterprise_id
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
    peaks.is_calm,
    benchmark.toxicity_value_id
from peaks
inner join {{ ref('int_exposure__acute_benchmarks_chosen') }} as benchmark on benchmark.pollutant_id = peaks.pollutant_id
inner join {{ ref('int_exposure__places_united') }} as place on place.place_id = peaks.place_id
