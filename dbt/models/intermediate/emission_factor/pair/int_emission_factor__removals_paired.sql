-- Amounts before and behind the treatment of an outlet with one technology, measured in the same quarter and both detected, of
-- technologies and substances that as many enterprises measured as a published factor needs.
with

least as (
    select max(value) as enterprises from {{ ref('int_core__parameter_values_chosen') }} where parameter_id = 'factor_least_enterprises'
),

paired as (
    select
        coalesce(own.technology_id, general.technology_id) as technology_id,
        behind.pollutant_id,
        behind.outlet_id,
        outlet.enterprise_id,
        case outlet.outlet_kind when 'waste_water' then 'water' else 'air' end as medium,
        behind.period,
        ahead.emission_kg as before_kg,
        behind.emission_kg as behind_kg,
        {{ origin_join(['ahead.origin', 'behind.origin']) }} as origin
    from {{ ref('int_emission_factor__outlets_sampled') }} as behind
    inner join {{ ref('int_emission_factor__outlets_sampled') }} as ahead
        on
            ahead.outlet_id = behind.outlet_id
            and ahead.pollutant_id = behind.pollutant_id
            and ahead.period = behind.period
            and ahead.site_role = 'inlet'
            and ahead.qc_level <> 'C'
    inner join {{ ref('dim_outlet') }} as outlet on outlet.outlet_id = behind.outlet_id
    left join {{ ref('int_emission_factor__outlets_treated') }} as own
        on own.outlet_id = behind.outlet_id and own.pollutant_id = behind.pollutant_id
    left join {{ ref('int_emission_factor__outlets_treated') }} as general
        on general.outlet_id = behind.outlet_id and general.pollutant_id = 'all'
    where
        behind.site_role = 'source'
        and behind.qc_level <> 'C'
        and behind.emission_kg > 0
        and ahead.emission_kg > 0
)

select paired.*
from paired
cross join least
where
    paired.technology_id not in ('mixed', 'unknown')
    and (
        select count(distinct other.enterprise_id) from paired as other
        where other.technology_id = paired.technology_id and other.pollutant_id = paired.pollutant_id
    ) >= least.enterprises
