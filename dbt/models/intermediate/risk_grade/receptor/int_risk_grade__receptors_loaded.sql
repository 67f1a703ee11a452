{# Receptor load of each risk source: by air Σ people × χ/Q, where no χ/Q is computed the people within 1 km with a nominal one (a
   parameter); by water the users of the receiving body; the worse of the two. Unknown where nobody knows who lives there or uses it. #}
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
),

loaded as (
    select
        source.enterprise_id,
        case
            when reach.reaches_people_nearby or not coalesce(reach.reaches_receiving_body, false)
                then coalesce(outlets.receptor_load, source.population_within_1km * parameter.ring_chi_over_q_s_m3)
        end as air_load,
        water.receptor_load as water_load,
        outlets.receptor_load is null as is_by_ring,
        outlets.outlet_ids,
        coalesce(reach.reaches_receiving_body, false) and coalesce(water.lacks_receiver, true) as lacks_receiver
    from {{ ref('int_inventory__risk_sources_gathered') }} as source
    cross join parameter
    left join {{ ref('int_risk_grade__outlets_reaching') }} as outlets on outlets.enterprise_id = source.enterprise_id
    left join {{ ref('int_risk_grade__water_users_reached') }} as water on water.enterprise_id = source.enterprise_id
    left join reach on reach.enterprise_id = source.enterprise_id
)

select
    loaded.enterprise_id,
    greatest(loaded.air_load, loaded.water_load) as receptor_load,
    case
        when coalesce(loaded.water_load >= loaded.air_load, loaded.water_load is not null) then parameter.ring_factor
        when loaded.is_by_ring then parameter.ring_factor
        else parameter.dispersion_factor
    end as receptor_factor,
    case
        when coalesce(loaded.water_load >= loaded.air_load, loaded.water_load is not null) then 'water'
        when loaded.is_by_ring then 'ring'
        else 'dispersion'
    end as receptor_basis,
    {{ list_join(['loaded.outlet_ids'], 'varchar[]') }} as outlet_ids,
    loaded.lacks_receiver,
    loaded.air_load as air_receptor_load,
    loaded.water_load as water_receptor_load
from loaded
cross join parameter
