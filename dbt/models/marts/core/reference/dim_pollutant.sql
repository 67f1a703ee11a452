-- Pollutants of the seed and those that only the files know. Unknown properties stay null; a property marked doubtful is
-- not shipped. Columns of the seed that are not public (notes, sources a property) stay in the seed.
with

list_codes as (
    select
        pollutant_id,
        {{ list_agg_distinct('case when decides then list_code end') }} as list_codes,
        {{ list_agg_distinct('case when not decides then list_code end') }} as undecided_list_codes,
        max(case when decides and list_code = 'NPL2023' then 1 else 0 end) as on_new_pollutant_list
    from {{ ref('int_core__pollutant_lists_joined') }}
    group by pollutant_id
),

known as (
    select
        chemical.pollutant_id,
        chemical.cas_no,
        chemical.parent_cas_no as parent_id,
        chemical.name_cn,
        chemical.name_en,
        chemical.formula,
        chemical.class as substance_class,
        chemical.pollutant_group,
        chemical.pollutant_kind,
        chemical.pollutant_kind in ('group', 'indicator', 'parameter') as is_group,
        chemical.pollutant_group = 'new_pollutant' or coalesce(list_codes.on_new_pollutant_list, 0) = 1 as is_new_pollutant,
        coalesce(list_codes.list_codes, {{ text_to_list("''") }}) as list_codes,
        coalesce(list_codes.undecided_list_codes, {{ text_to_list("''") }}) as undecided_list_codes,
        case when chemical.verified <> 'doubtful' then chemical.iarc_group end as iarc_group,
        case when chemical.verified <> 'doubtful' then chemical.molar_mass_g_mol end as molar_mass_g_mol,
        case when chemical.verified <> 'doubtful' then chemical.vapour_pressure_pa_25c end as vapour_pressure_pa,
        case when chemical.verified <> 'doubtful' then chemical.log_kow end as log_kow,
        case when chemical.verified <> 'doubtful' then chemical.water_solubility_mg_l end as water_solubility_mg_l,
        case when chemical.verified <> 'doubtful' then chemical.boiling_point_c end as boiling_point_c,
        bioconcentration.bcf_l_kg as bioconcentration_l_kg,
        chemical.source as source_ref,
        chemical.verified,
        {{ origin_join([origin_seed('chemical', 'chemical', {
            'pollutant_id': 'pollutant_id', 'cas_no': 'cas_no', 'name_cn': 'name_cn', 'name_en': 'name_en',
            'iarc_group': 'iarc_group', 'molar_mass_g_mol': 'molar_mass_g_mol',
            'vapour_pressure_pa': 'vapour_pressure_pa_25c', 'log_kow': 'log_kow',
            'water_solubility_mg_l': 'water_solubility_mg_l'}),
            "case when bioconcentration.cas_no is null then " ~ origin_none() ~ " else "
            ~ origin_seed('bcf', 'bioconcentration', {'bioconcentration_l_kg': 'bcf_l_kg'}) ~ " end"]) }} as _origin
    from {{ seed_rows('chemical') }} as chemical
    left join list_codes
        on list_codes.pollutant_id = chemical.pollutant_id
    left join {{ seed_rows('bcf') }} as bioconcentration
        on bioconcentration.cas_no = chemical.pollutant_id and bioconcentration.verified <> 'doubtful'
),

found as (
    select
        pollutant_id,
        case when {{ regexp_like('pollutant_id', '^[0-9]{2,7}-[0-9]{2}-[0-9]$') }} then pollutant_id end as cas_no,
        cast(null as {{ type_string() }}) as parent_id,
        case when not {{ regexp_like('name_as_written', '^[ -~]+$') }} then name_as_written end as name_cn,
        case when {{ regexp_like('name_as_written', '^[ -~]+$') }} then name_as_written end as name_en,
        cast(null as {{ type_string() }}) as formula,
        cast(null as {{ type_string() }}) as substance_class,
        cast(null as {{ type_string() }}) as pollutant_group,
        'substance' as pollutant_kind,
        not {{ regexp_like('pollutant_id', '^[0-9]{2,7}-[0-9]{2}-[0-9]$') }} as is_group,
        cast(null as boolean) as is_new_pollutant,
        {{ text_to_list("''") }} as list_codes,
        {{ text_to_list("''") }} as undecided_list_codes,
        cast(null as {{ type_string() }}) as iarc_group,
        cast(null as double) as molar_mass_g_mol,
        cast(null as double) as vapour_pressure_pa,
        cast(null as double) as log_kow,
        cast(null as double) as water_solubility_mg_l,
        cast(null as double) as boiling_point_c,
        cast(null as double) as bioconcentration_l_kg,
        cast(null as {{ type_string() }}) as source_ref,
        cast(null as {{ type_string() }}) as verified,
        {{ list_of([origin_item(
            source_table='raw_table', file_no='_file_no', sheet='_sheet', first_row='_row', last_row='_row',
            field='raw_column', record_field='_field', cell_text='cell_text', role="'value'",
            column_name="'pollutant_id'")]) }} as _origin
    from {{ ref('int_core__pollutant_ids_found') }}
)

select * from known
union all
select * from found
