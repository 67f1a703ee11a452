-- What each outlet of a project, or plot of a plan, adds to and takes from the air of a place: C = χ/Q × t/a as g/s × 1e6, µg/m3.
with

released as (
    select
        project_id,
        source_id,
        pollutant_id,
        {{ exact_sum('increment_t') }} * 1e6 / (8760 * 3600) as increment_g_s,
        {{ exact_sum('replaced_t') }} * 1e6 / (8760 * 3600) as replaced_g_s,
        {{ exact_sum('reduction_t') }} * 1e6 / (8760 * 3600) as reduction_g_s
    from {{ ref('int_exposure__project_releases_listed') }}
    where medium = 'air'
    group by project_id, source_id, pollutant_id
)

select
    released.project_id,
    released.source_id,
    factor.place_id,
    factor.distance_m,
    factor.chi_over_q_s_m3,
    released.pollutant_id,
    released.increment_g_s,
    factor.chi_over_q_s_m3 * released.increment_g_s * 1e6 as increment_ug_m3,
    factor.chi_over_q_s_m3 * released.replaced_g_s * 1e6 as replaced_ug_m3,
    factor.chi_over_q_s_m3 * released.reduction_g_s * 1e6 as reduction_ug_m3
from released
inner join {{ ref('int_exposure__project_factors_computed') }} as factor on factor.outlet_id = released.source_id
