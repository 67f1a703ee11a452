-- Flares as reports state them, one row a flare and substance of its composition (per cent by volume), without methane,
-- which is none of the inventory's pollutants.
with

substance as (
    {{ substances_by_plain_name() }}
),

part as (
    select
        flare.*,
        {{ unnest_list(text_to_list("replace(flare.composition_text, '；', ';')")) }} as part
    from {{ ref('stg_permit__flares') }} as flare
    where flare.record_year is not null
),

named as (
    select
        part.*,
        {{ plain_name(composition_name('part.part')) }} as plain_name,
        {{ composition_percent('part.part') }} / 100.0 as mole_fraction
    from part
)

select
    named._record_id as record_id,
    matched.enterprise_id,
    named.flare_no as object_no,
    named.record_year as year,
    substance.pollutant_id,
    named.gas_m3,
    named.mole_fraction,
    chemical.molar_mass_g_mol,
    named.combustion_efficiency,
    named._file_no as file_no,
    {{ origin_cells('permit_flare', 'named', {'emission_t': 'gas_m3'}) }} as origin
from named
inner join
    {{ ref('int_inventory__enterprise_matched') }} as matched
    on matched.source = 'permit' and matched.source_key = {{ enterprise_source_key(
        'named.permit_no', 'cast(null as ' ~ type_string() ~ ')', 'named.unit_name') }}
inner join substance on substance.plain_name = named.plain_name
left join {{ ref('chemical') }} as chemical on chemical.pollutant_id = substance.pollutant_id
where substance.pollutant_id <> '74-82-8'
