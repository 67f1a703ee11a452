-- Tanks as reports state them, with what the formula needs of roof, paint and liquid; null where a word or constant is not known.
with

substance as (
    {{ substances_by_plain_name() }}
)

select
    tank._record_id as record_id,
    matched.enterprise_id,
    tank.tank_no as object_no,
    tank.material,
    tank.record_year as year,
    substance.pollutant_id,
    roof.code as roof,
    tank.diameter_m,
    tank.height_m,
    tank.turnover_t,
    tank.temperature_k - 273.15 as storage_c,
    paint.value as absorptance,
    liquid.molar_mass_g_mol,
    liquid.antoine_a,
    liquid.antoine_b,
    liquid.antoine_c,
    liquid.density_kg_m3,
    tank._file_no as file_no,
    {{ origin_cells('permit_tank', 'tank', {'emission_t': 'turnover_t'}) }} as origin
from {{ ref('stg_permit__tanks') }} as tank
inner join
    {{ ref('int_inventory__enterprise_matched') }} as matched
    on matched.source = 'permit' and matched.source_key = {{ enterprise_source_key(
        'tank.permit_no', 'cast(null as ' ~ type_string() ~ ')', 'tank.unit_name') }}
inner join substance on substance.plain_name = {{ plain_name('tank.material') }}
left join {{ ref('int_inventory__liquids_described') }} as liquid on liquid.pollutant_id = substance.pollutant_id
left join
    {{ ref('int_inventory__code_words_normalised') }} as roof
    on roof.code_set = 'tank_roof' and roof.word = lower(trim(tank.tank_kind))
left join
    {{ ref('int_inventory__code_words_normalised') }} as paint_word
    on paint_word.code_set = 'tank_paint' and paint_word.word = lower(trim(tank.coating_colour))
left join
    {{ ref('tank_constant') }} as paint
    on
        paint.constant_group = 'solar_absorptance'
        and paint.item = paint_word.code
        and paint.condition = 'average'
        and paint.verified <> 'doubtful'
where tank.record_year is not null
