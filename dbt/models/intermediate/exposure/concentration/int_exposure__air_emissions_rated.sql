-- What each outlet releases to the air in the assessment year, as a mean rate: t/a over 8760 h. A release whose medium nobody
-- states counts with its share; all of it could have gone to the air, so that it stands whole in the high end.
with

released as (
    select
        outlet_id,
        enterprise_id,
        pollutant_id,
        year,
        {{ exact_sum('emission_t * air_share') }} as emission_t,
        {{ exact_sum('coalesce(emission_low_t, emission_t) * air_share') }} as emission_low_t,
        {{ exact_sum('coalesce(emission_high_t, emission_t)') }} as emission_high_t
    from {{ ref('int_exposure__air_releases_shared') }}
    group by outlet_id, enterprise_id, pollutant_id, year
)

select
    released.outlet_id,
    released.enterprise_id,
    outlet.outlet_kind,
    released.pollutant_id,
    released.year,
    released.emission_t * 1e6 / (8760 * 3600) as emission_g_s,
    released.emission_low_t * 1e6 / (8760 * 3600) as emission_low_g_s,
    released.emission_high_t * 1e6 / (8760 * 3600) as emission_high_g_s
from released
left join {{ ref('dim_outlet') }} as outlet on outlet.outlet_id = released.outlet_id
