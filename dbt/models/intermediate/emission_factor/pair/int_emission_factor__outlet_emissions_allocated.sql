-- Amounts of outlets with their process, stage and medium. Of an outlet that a decision shares out each process has its share of the amount
-- and of the limit (`is_allocated`), and traces to the decision.
select
    assigned.enterprise_id,
    assigned.process_id,
    assigned.is_plant_level,
    assigned.stage,
    assigned.medium,
    assigned.share < 1 as is_allocated,
    emission.outlet_id,
    emission.pollutant_id,
    emission.period,
    emission.method,
    emission.qc_level,
    emission.is_below,
    emission.emission_kg * assigned.share as emission_kg,
    emission.emission_limit_kg * assigned.share as emission_limit_kg,
    emission.load_share,
    emission.sample_count,
    emission.technology_id,
    emission.control_state,
    emission.is_back_calculated,
    {{ origin_join(['emission.origin', 'assigned.share_origin']) }} as origin
from {{ ref('int_emission_factor__outlet_emissions_united') }} as emission
inner join {{ ref('int_emission_factor__outlets_assigned') }} as assigned on assigned.outlet_id = emission.outlet_id
