-- Inputs of the manual's worked examples with the constants of their substances, as the kernels of the formulas read them.
with

fraction as (
    select
        cas_no,
        max(case when quantity = 'fraction_measured_fm' then value end) as fraction_measured,
        max(case when quantity = 'fraction_emitted_fe' then value end) as fraction_emitted
    from {{ ref('wastewater_volatilisation') }}
    where step = 'typical open collection and treatment system' and verified <> 'doubtful'
    group by cas_no
)

select
    {{ to_text('worked.case_no') }} as record_id,
    worked.case_no,
    worked.title,
    worked.form,
    worked.stage,
    worked.pollutant_id,
    worked.inputs_text,
    worked.equation,
    worked.roof,
    worked.diameter_m,
    worked.height_m,
    worked.turnover_t,
    worked.storage_c,
    paint.value as absorptance,
    worked.saturation_factor,
    worked.temperature_k,
    worked.recovery_efficiency,
    worked.loaded_t,
    worked.gas_m3,
    worked.mole_fraction,
    worked.combustion_efficiency,
    worked.title as seal,
    2025.0 as year,
    20100.0 as day,
    cast(null as double) as repaired_day,
    worked.run_hours_h,
    worked.net_reading,
    rate.default_zero,
    rate.a as correlation_a,
    rate.b as correlation_b,
    rate.pegged_100000,
    rate.average_factor,
    worked.mass_share,
    worked.load_kg,
    fraction.fraction_measured,
    fraction.fraction_emitted,
    worked.volume_m3,
    cooling.value as factor_kg_m3,
    liquid.molar_mass_g_mol,
    liquid.antoine_a,
    liquid.antoine_b,
    liquid.antoine_c,
    liquid.density_kg_m3,
    {{ origin_seed('worked_case', 'worked', {'emission_kg': 'inputs_text', 'title': 'title', 'equation': 'equation'}) }} as origin
from {{ seed_rows('worked_case') }} as worked
left join {{ ref('int_inventory__liquids_described') }} as liquid on liquid.pollutant_id = worked.pollutant_id
left join fraction on fraction.cas_no = worked.pollutant_id
left join {{ ref('cooling_water') }} as cooling on cooling.param_id = 'uncontrolled' and cooling.verified <> 'doubtful'
left join
    {{ ref('tank_constant') }} as paint
    on paint.constant_group = 'solar_absorptance' and paint.item = worked.paint and paint.condition = 'average'
left join
    {{ ref('leak_correlation') }} as rate
    on rate.set_id = 'SOCMI' and rate.component = worked.seal_kind and rate.service = worked.seal_service
