-- Tests of workplace air in mg/m3, each with its workshop, job and day. The value of a non-detect is null, its limit stands beside it.
-- A mole fraction becomes a mass concentration at 20 degrees C, to which volumes of workplace samples are stated (GBZ 159-2004).
with

molar_volume as (
    select max(value) as litre_per_mol from {{ ref('int_core__parameter_values_chosen') }} where parameter_id = 'molar_volume_20c'
),

test as (
    select
        workplace.*,
        matched.enterprise_id,
        chemical.molar_mass_g_mol,
        molar_volume.litre_per_mol,
        coalesce(cast(workplace.sampled_at as date), {{ period_last_day(to_text('workplace.record_year')) }}) as tested_on
    from {{ ref('stg_monitoring__workplaces') }} as workplace
    left join
        {{ ref('int_inventory__named_records_matched') }} as matched
        on matched.raw_table = 'monitoring_workplace' and matched._record_id = workplace._record_id
    left join {{ ref('chemical') }} as chemical on chemical.pollutant_id = workplace.pollutant_id
    cross join molar_volume
),

factored as (
    select test.*, {{ canonical_factor('conversion', 'mass_unit') }} * 0.001 as mg_m3_per_unit
    from test
    inner join {{ ref('unit_conversion') }} as mass_unit on mass_unit.unit = 'ug/m3'
    left join {{ ref('unit_conversion') }} as conversion
        on conversion.unit = {{ unit_for_pollutant('test.unit', 'test.pollutant_id') }}
        and conversion.quantity in ('air_concentration', 'mole_fraction')
)

select
    _record_id as test_id,
    {{ workshop_place_id('enterprise_id', 'factored') }} as place_id,
    enterprise_id,
    coalesce(trim(job), 'unknown') as job,
    pollutant_id,
    tested_on,
    cast({{ period_year(to_text('tested_on')) }} as integer) as tested_year,
    case when coalesce(twa_qualifier, '') not in ('<', 'ND', 'flag') then twa * mg_m3_per_unit end as twa_mg_m3,
    coalesce(twa_qualifier, '') in ('<', 'ND') as is_twa_nondetect,
    case when twa_qualifier in ('<', 'ND') then coalesce(twa_limit, twa) * mg_m3_per_unit end as twa_limit_mg_m3,
    case when coalesce(stel_qualifier, '') not in ('<', 'ND', 'flag') then stel * mg_m3_per_unit end as stel_mg_m3,
    coalesce(stel_qualifier, '') in ('<', 'ND') as is_stel_nondetect,
    case when stel_qualifier in ('<', 'ND') then coalesce(stel_limit, stel) * mg_m3_per_unit end as stel_limit_mg_m3,
    mg_m3_per_unit is null as is_unit_unknown,
    {{ provenance() }}
from factored
