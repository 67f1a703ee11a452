{{ config(materialized='view') }}
-- Results of samples, hourly stations and online outlets in canonical units (air ug/m3, water ug/L, solid mg/kg; seed
-- unit_conversion), as written beside them. In air a mole fraction becomes a mass concentration at 25 degrees C, in gas of stacks one of a
-- normal cubic metre (0 degrees C); in water and solids ppm is by mass. Without a molar mass or a unit that fits the value is unknown.
with
-- one limit a substance of a sheet; a sheet with two is read as the larger (it proves less)
sheet_limit as (
    select
        _file_no,
        _sheet,
        pollutant_id,
        max(coalesce(detection_limit, detection_limit_limit)) as detection_limit,
        {{ value_at_max('unit', 'coalesce(detection_limit, detection_limit_limit)') }} as unit
    from {{ ref('stg_monitoring__detection_limits') }}
    group by _file_no, _sheet, pollutant_id
),

results as (
    select
        {{ business_id('monitoring_sample', 'sample_record',
            ['sample_no', 'site_id', 'medium_word', 'sampled_at', 'averaging_time_word', 'pollutant_id', 'method'],
            told=['value_text', 'value', 'unit']) }} as result_id,
        'sample' as source_kind,
        sample_record.sample_no,
        sample_record.site_id as site_no,
        sample_record.sampled_at,
        sample_record.averaging_time_word,
        sample_record.medium_word,
        sample_record.pollutant_id,
        sample_record.value,
        sample_record.value_text,
        sample_record.value_qualifier,
        sample_record.unit,
        coalesce(sample_record.value_limit, sample_record.detection_limit, sheet_limit.detection_limit) as detection_limit,
        case
            when sample_record.value_limit is not null then sample_record.unit
            when sample_record.detection_limit is not null then coalesce(sample_record.detection_limit_unit, sample_record.unit)
            else coalesce(sheet_limit.unit, sample_record.unit)
        end as limit_unit,
        cast(null as double) as reference_value,
        cast(null as {{ type_string() }}) as status_word,
        sample_record.method,
        {{ provenance('sample_record') }}
    from {{ ref('stg_monitoring__samples') }} as sample_record
    left join sheet_limit
        on sheet_limit._file_no = sample_record._file_no and sheet_limit._sheet = sample_record._sheet
        and sheet_limit.pollutant_id = sample_record.pollutant_id
    union all
    select
        {{ business_id('monitoring_station_hour', 'station_hour', ['site_id', 'sampled_at', 'pollutant_id', 'averaging_time_word'],
            told=['value_text', 'value', 'unit']) }} as result_id,
        'station' as source_kind,
        cast(null as {{ type_string() }}) as sample_no,
        station_hour.site_id as site_no,
        station_hour.sampled_at,
        coalesce(station_hour.averaging_time_word, '1h') as averaging_time_word,
        cast(null as {{ type_string() }}) as medium_word,
        station_hour.pollutant_id,
        station_hour.value,
        station_hour.value_text,
        station_hour.value_qualifier,
        station_hour.unit,
        station_hour.value_limit as detection_limit,
        station_hour.unit as limit_unit,
        cast(null as double) as reference_value,
        cast(null as {{ type_string() }}) as status_word,
        cast(null as {{ type_string() }}) as method,
        {{ provenance('station_hour') }}
    from {{ ref('stg_monitoring__station_hours') }} as station_hour
    union all
    select
        {{ business_id('monitoring_outlet_hour', 'outlet_hour', ['permit_no', 'credit_code', 'outlet_no', 'sampled_at', 'pollutant_id'],
            told=['value_text', 'value', 'unit']) }} as result_id,
        'outlet' as source_kind,
        cast(null as {{ type_string() }}) as sample_no,
        {{ online_site_no('outlet_hour') }} as site_no,
        outlet_hour.sampled_at,
        '1h' as averaging_time_word,
        cast(null as {{ type_string() }}) as medium_word,
        outlet_hour.pollutant_id,
        outlet_hour.value,
        outlet_hour.value_text,
        outlet_hour.value_qualifier,
        outlet_hour.unit,
        outlet_hour.value_limit as detection_limit,
        outlet_hour.unit as limit_unit,
        outlet_hour.converted_value as reference_value,
        outlet_hour.status_word,
        cast(null as {{ type_string() }}) as method,
        {{ provenance('outlet_hour') }}
    from {{ ref('stg_monitoring__outlet_hours') }} as outlet_hour
),

molar_volume as (select parameter_id, value as litre_per_mol from {{ ref('int_core__parameter_values_chosen') }}),

in_medium as (
    select
        results.*,
        coalesce(medium_code.code, site.medium) as medium
    from results
    left join {{ ref('crosswalk_code') }} as medium_code
        on medium_code.code_set = 'medium_of_environment' and lower(medium_code.word) = lower(trim(results.medium_word))
    left join {{ ref('int_core__monitoring_sites_unioned') }} as site on site.site_no = results.site_no
),

factored as (
    select
        results.*,
        {{ quantity_fits('conversion.quantity', 'results.medium', 'results.pollutant_id') }} as fits,
        case conversion.quantity when 'mole_fraction' then mass_unit.canonical_unit else conversion.canonical_unit end as canonical_unit,
        {{ canonical_factor('conversion', 'mass_unit') }} as value_factor,
        {{ canonical_factor('limit_conversion', 'mass_unit') }} as limit_factor
    from in_medium as results
    left join {{ ref('unit_conversion') }} as conversion
        on conversion.unit = {{ unit_for_pollutant('results.unit', 'results.pollutant_id') }}
    left join {{ ref('unit_conversion') }} as limit_conversion
        on limit_conversion.unit = {{ unit_for_pollutant('results.limit_unit', 'results.pollutant_id') }}
    left join {{ ref('unit_conversion') }} as mass_unit
        on mass_unit.unit = {{ part_per_billion_unit('results.medium', 'results.source_kind') }}
    left join {{ ref('chemical') }} as chemical_mass on chemical_mass.pollutant_id = results.pollutant_id
    left join molar_volume
        on molar_volume.parameter_id = case when results.medium = 'waste_gas' then 'molar_volume_0c' else 'molar_volume_25c' end
)

select
    factored.result_id,
    factored.source_kind,
    factored.sample_no,
    'S:' || factored.site_no as site_id,
    factored.sampled_at,
    averaging_code.code as averaging_time,
    factored.medium,
    factored.pollutant_id,
    case when factored.fits and coalesce(factored.value_qualifier, '') not in ('<', 'ND') then factored.value * factored.value_factor end
        as value,
    case when factored.fits then factored.canonical_unit end as unit,
    factored.value_text,
    factored.value as value_original,
    factored.unit as unit_original,
    factored.value_qualifier,
    coalesce(factored.value_qualifier, '') in ('<', 'ND') as is_nondetect,
    coalesce(factored.value_qualifier, '') = 'flag' as is_flagged,
    case when factored.fits then factored.detection_limit * factored.limit_factor end as detection_limit,
    factored.reference_value * factored.value_factor as reference_value,
    factored.status_word,
    factored.method,
    {{ provenance('factored') }}
from factored
left join {{ ref('crosswalk_code') }} as averaging_code
    on averaging_code.code_set = 'averaging_time' and lower(averaging_code.word) = lower(trim(factored.averaging_time_word))
