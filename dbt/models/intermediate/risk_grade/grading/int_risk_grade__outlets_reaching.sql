-- Σ people × χ/Q of each source's outlets, the outlets weighted by the kg that a source's load is made of and that people nearby can
-- breathe; of a release whose medium nobody states that is all, as its load takes it. People count where they live once
-- (counts_residents: cells where there are any). Outlets without a factor leave the mean, whose weights sum to 1.
with

outlet as (
    select
        enterprise_id,
        outlet_id,
        emission_t
    from {{ ref('int_risk_grade__outlet_loads_summed') }}
    where medium in ('air', 'unspecified')
),

reached as (
    select
        factor.outlet_id,
        {{ exact_sum('factor.chi_over_q_s_m3 * place.people') }} as people_chi_over_q
    from {{ ref('dispersion_factor') }} as factor
    inner join {{ ref('int_exposure__places_united') }} as place on place.place_id = factor.place_id
    where factor.averaging_time = 'year' and place.counts_residents and place.people is not null
    group by factor.outlet_id
)

select
    outlet.enterprise_id,
    {{ exact_sum('outlet.emission_t * reached.people_chi_over_q') }} / {{ exact_sum('outlet.emission_t') }} as receptor_load,
    {{ list_agg_distinct('outlet.outlet_id') }} as outlet_ids
from outlet
inner join reached on reached.outlet_id = outlet.outlet_id
group by outlet.enterprise_id
