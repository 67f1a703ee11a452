-- Pairs with the output of their period and what their cell is called: product, feedstock and scale of the process.
select
    pair.pair_id,
    pair.enterprise_id,
    pair.process_id,
    made.product,
    made.feedstock,
    made.scale_class,
    pair.stage,
    pair.medium,
    pair.pollutant_id,
    pair.control_state,
    pair.technology_id,
    pair.period,
    pair.method,
    pair.qc_level,
    pair.emission_kg,
    pair.emission_limit_kg,
    made.activity,
    made.activity_unit,
    pair.load_share,
    pair.is_back_calculated,
    pair.is_complete,
    pair.is_plant_level,
    pair.sample_count,
    pair.outlet_ids
from {{ ref('int_emission_factor__pairs_gathered') }} as pair
left join
    {{ ref('int_emission_factor__outputs_summed') }} as made
    on made.enterprise_id = pair.enterprise_id and made.process_id = pair.process_id and made.period = pair.period
