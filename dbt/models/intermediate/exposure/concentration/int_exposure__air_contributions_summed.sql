-- What each enterprise adds at a place through each kind of outlet: C = Σ χ/Q × emission × 1e6, µg/m3.
select
    factor.place_id,
    factor.place_kind,
    emission.pollutant_id,
    emission.enterprise_id,
    emission.outlet_kind,
    emission.year,
    {{ exact_sum('factor.chi_over_q_s_m3 * emission.emission_g_s * 1e15') }} / 1e9 as concentration
from {{ ref('dispersion_factor') }} as factor
inner join {{ ref('int_exposure__air_emissions_rated') }} as emission on emission.outlet_id = factor.outlet_id
where factor.averaging_time = 'year' and emission.emission_g_s > 0
group by factor.place_id, factor.place_kind, emission.pollutant_id, emission.enterprise_id, emission.outlet_kind, emission.year
