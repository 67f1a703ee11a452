-- Loading as reports state it, with the saturation factor of its carrier and mode and what the formula needs of the liquid.
with

substance as (
    {{ substances_by_plain_name() }}
)

select
    loading._record_id as record_id,
    matched.enterprise_id,
    loading.loading_mode || '/' || loading.material as object_no,
    loading.material,
    loading.record_year as year,
    substance.pollutant_id,
    saturation.mode as saturation_mode,
    saturation.saturation_factor,
    loading.temperature_k,
    loading.recovery_efficiency,
    loading.loaded_t,
    liquid.molar_mass_g_mol,
    liquid.antoine_a,
    liquid.antoine_b,
    liquid.antoine_c,
    liquid.density_kg_m3,
    loading._file_no as file_no,
    {{ origin_cells('permit_loading', 'loading', {'emission_t': 'loaded_t'}) }} as origin
from {{ ref('stg_permit__loadings') }} as loading
inner join
    {{ ref('int_inventory__enterprise_matched') }} as matched
    on matched.source = 'permit' and matched.source_key = {{ enterprise_source_key(
        'loading.permit_no', 'cast(null as ' ~ type_string() ~ ')', 'loading.unit_name') }}
inner join substance on substance.plain_name = {{ plain_name('loading.material') }}
left join {{ ref('int_inventory__liquids_described') }} as liquid on liquid.pollutant_id = substance.pollutant_id
left join
    {{ ref('int_inventory__code_words_normalised') }} as mode
    on mode.code_set = 'loading_mode' and mode.word = lower(trim(loading.loading_mode))
left join
    {{ ref('loading_saturation') }} as saturation
    on saturation.carrier || ':' || saturation.mode = mode.code and saturation.verified <> 'doubtful'
where loading.record_year is not null
