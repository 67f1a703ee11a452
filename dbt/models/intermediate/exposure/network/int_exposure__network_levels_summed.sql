-- Toxicity-weighted level that each risk source's releases to air bring to each place: Σ over its outlets of kg/a × toxicity weight ×
-- χ/Q. Relative only (kg/a × s/m3). A release without a weight of its own or without a factor brings nothing known.
select
    factor.place_id,
    outlet.enterprise_id,
    {{ exact_sum('outlet.weighted_kg * factor.chi_over_q_s_m3') }} as level
from {{ ref('int_risk_grade__outlet_loads_summed') }} as outlet
inner join {{ ref('dispersion_factor') }} as factor on factor.outlet_id = outlet.outlet_id
where outlet.medium = 'air' and factor.averaging_time = 'year'
group by factor.place_id, outlet.enterprise_id
