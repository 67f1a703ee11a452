-- Factors that a permit states for its emission units, put to the throughput beside them: what the permit computed must come out again.
-- They are potentials to emit by factors of others (AP-42 and the like), not measured: no pair and no cell of the manual comes of them.
with

substance as (
    select
        {{ plain_name('alias') }} as plain_name,
        min(pollutant_id) as pollutant_id
    from {{ ref('pollutant_alias') }}
    group by {{ plain_name('alias') }}
),

stated as (
    select
        calculation.*,
        substance.pollutant_id,
        fuel.code as fuel,
        rate.factor as hour_factor,
        heat.factor as heat_factor
    from {{ ref('stg_permit__calculations') }} as calculation
    left join substance on substance.plain_name = {{ plain_name('calculation.pollutant_name') }}
    left join {{ ref('int_inventory__code_words_normalised') }} as fuel
        on fuel.code_set = 'fuel' and fuel.word = lower(trim(calculation.segment))
    left join {{ ref('unit_conversion') }} as rate on rate.unit = 'lb/h' and rate.quantity = 'mass_rate'
    left join {{ ref('unit_conversion') }} as heat
        on heat.unit = calculation.factor_unit and heat.quantity = 'mass_per_heat'
),

computed as (
    select
        stated.*,
        -- a factor an hour needs no throughput
        case
            when stated.factor_unit = 'lb/hr' then stated.emission_factor
            else stated.emission_factor * stated.throughput
        end * stated.hour_factor as hourly_kg_h
    from stated
)

select
    computed.unit_no,
    computed.segment_no,
    computed.pollutant_name,
    computed.pollutant_id,
    computed.unit_description,
    computed.segment,
    computed.emission_factor,
    computed.factor_unit,
    computed.emission_factor * computed.heat_factor as factor_kg_per_gj,
    computed.throughput,
    computed.throughput_unit,
    computed.hourly_potential_lb_h * computed.hour_factor as stated_kg_h,
    computed.hourly_kg_h as computed_kg_h,
    computed.hourly_kg_h * 8.76 * (1 - coalesce(computed.control_efficiency, 0)) as potential_t_a,
    computed.limited_short_t_a * short_ton.factor as limited_t_a,
    abs(computed.hourly_kg_h - computed.hourly_potential_lb_h * computed.hour_factor)
    <= 0.001 * abs(computed.hourly_potential_lb_h * computed.hour_factor) as is_consistent,
    published.value_kg_per_gj as reference_kg_per_gj,
    computed.emission_factor * computed.heat_factor / nullif(published.value_kg_per_gj, 0) as reference_ratio,
    published.source as reference_source,
    {{ origin_cells('permit_calculation', 'computed', {
        'emission_factor': 'emission_factor', 'throughput': 'throughput', 'stated_kg_h': 'hourly_potential_lb_h',
        'pollutant_name': 'pollutant_name', 'limited_t_a': 'limited_short_t_a'}) }} as _origin
from computed
left join {{ ref('unit_conversion') }} as short_ton on short_ton.unit = 'short ton' and short_ton.quantity = 'mass'
left join {{ ref('combustion_factor') }} as published
    on published.fuel = computed.fuel and published.cas_no = computed.pollutant_id and published.verified <> 'doubtful'
