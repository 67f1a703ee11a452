-- C = Σ over outlets of χ/Q × emission × 1e6, µg/m3, at every place. Low and high: all emissions at the same end of their intervals.
-- Doubles are summed as decimals of fg/m3, so that a dioxin keeps its digits.
select
    factor.place_id,
    factor.place_kind,
    emission.pollutant_id,
    emission.year,
    {{ exact_sum('factor.chi_over_q_s_m3 * emission.emission_g_s * 1e15') }} / 1e9 as concentration,
    {{ exact_sum('factor.chi_over_q_s_m3 * emission.emission_low_g_s * 1e15') }} / 1e9 as concentration_low,
    {{ exact_sum('factor.chi_over_q_s_m3 * emission.emission_high_g_s * 1e15') }} / 1e9 as concentration_high
from {{ ref('dispersion_factor') }} as factor
inner join {{ ref('int_exposure__air_emissions_rated') }} as emission on emission.outlet_id = factor.outlet_id
where factor.averaging_time = 'year'
group by factor.place_id, factor.place_kind, emission.pollutant_id, emission.year
