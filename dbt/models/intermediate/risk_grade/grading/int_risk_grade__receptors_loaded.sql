{# Receptor load of each risk source: Σ people × χ/Q. Only where no χ/Q is computed the people within 1 km take a nominal one (a
   parameter) and its larger error factor. Unknown where nobody knows who lives there, and where all that is weighted goes to water: who uses the
   receiving body no form says. #}
with

parameter as (
    select
        max(case when parameter_id = 'grading.ring_chi_over_q' then value end) as ring_chi_over_q_s_m3,
        max(case when parameter_id = 'grading.receptor_factor_ring' then value end) as ring_factor,
        max(case when parameter_id = 'grading.receptor_factor_dispersion' then value end) as dispersion_factor
    from {{ ref('int_core__parameter_values_chosen') }}
),

reach as (
    select
        enterprise_id,
        bool_or(weighted_kg > 0 and not reaches_receiving_body) as reaches_people_nearby,
        bool_or(weighted_kg > 0 and reaches_receiving_body) as reaches_receiving_body
    from {{ ref('int_risk_grade__releases_loaded') }}
    group by enterprise_id
)

select
    source.enterprise_id,
    case
        when reach.reaches_people_nearby or not coalesce(reach.reaches_receiving_body, false)
            then coalesce(
                outlets.receptor_load, source.population_within_1km * parameter.ring_chi_over_q_s_m3
            )
    end as receptor_load,
    case when outlets.receptor_load is null then parameter.ring_factor else parameter.dispersion_factor end as receptor_factor,
    case when outlets.receptor_load is null then 'ring' else 'dispersion' end as receptor_basis,
    {{ list_join(['outlets.outlet_ids'], 'varchar[]') }} as outlet_ids,
    coalesce(reach.reaches_receiving_body, false) as lacks_receiver
from {{ ref('int_inventory__risk_sources_gathered') }} as source
cross join parameter
left join {{ ref('int_risk_grade__outlets_reaching') }} as outlets on outlets.enterprise_id = source.enterprise_id
left join reach on reach.enterprise_id = source.enterprise_id
