-- People whom each outlet reaches by air and Σ people × χ/Q of it, with the tonnes of it that make the source's load and that people nearby
-- can breathe; of a release whose medium nobody states that is all, as its load takes it. People count where they live once
-- (counts_residents: cells where there are any). Outlets without a factor have no row, nor those with factors for some of the people in
-- reach alone (imported, and no weather): their load would be too small.
with

in_part as (
    select distinct lacked.outlet_id
    from {{ ref('int_exposure__factors_lacked') }} as lacked
    inner join {{ ref('int_exposure__places_united') }} as place on place.place_id = lacked.place_id
    where place.counts_residents and place.people > 0
),

reached as (
    select
        factor.outlet_id,
        {{ exact_sum('place.people') }} as people,
        {{ exact_sum('factor.chi_over_q_s_m3 * place.people') }} as person_s_m3
    from {{ ref('dispersion_factor') }} as factor
    inner join {{ ref('int_exposure__places_united') }} as place on place.place_id = factor.place_id
    where factor.averaging_time = 'year' and place.counts_residents and place.people is not null
    group by factor.outlet_id
)

select
    outlet.enterprise_id,
    outlet.outlet_id,
    outlet.medium,
    outlet.emission_t,
    reached.people,
    reached.person_s_m3
from {{ ref('int_risk_grade__outlet_loads_summed') }} as outlet
inner join reached on reached.outlet_id = outlet.outlet_id
left join in_part on in_part.outlet_id = outlet.outlet_id
where outlet.medium in ('air', 'unspecified') and in_part.outlet_id is null
