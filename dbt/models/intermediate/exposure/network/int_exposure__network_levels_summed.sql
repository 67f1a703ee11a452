-- Toxicity-weighted level that each risk source's releases to air bring to each place: Σ over its outlets of kg/a × toxicity weight ×
-- χ/Q. Relative only (kg/a × s/m3). A release without a weight of its own or without a factor brings nothing known.
with

outlet as (
    select
        emission.enterprise_id,
        emission.outlet_id,
        {{ exact_sum('release.weighted_kg * (emission.emission_t * 1000 / release.emission_kg)') }} as weighted_kg
    from {{ ref('emission') }} as emission
    inner join {{ ref('int_inventory__assessment_year_chosen') }} as build on build.assessment_year = emission.year
    inner join {{ ref('int_risk_grade__releases_loaded') }} as release
        on
            release.enterprise_id = emission.enterprise_id
            and release.pollutant_id = emission.pollutant_id
            and release.medium = emission.medium
    where emission.medium = 'air' and emission.emission_t > 0 and release.weighted_kg > 0 and release.emission_kg > 0
    group by emission.enterprise_id, emission.outlet_id
)

select
    factor.place_id,
    outlet.enterprise_id,
    {{ exact_sum('outlet.weighted_kg * factor.chi_over_q_s_m3') }} as level
from outlet
inner join {{ ref('dispersion_factor') }} as factor on factor.outlet_id = outlet.outlet_id
where factor.averaging_time = 'year'
group by factor.place_id, outlet.enterprise_id
