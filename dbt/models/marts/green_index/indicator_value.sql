with

latest as (
    select max(version) as version from {{ ref('factor') }}
)

select
    united.indicator_id,
    united.area_id,
    cast(united.year as integer) as year,
    united.value,
    scored.normalised,
    united.is_imputed,
    united.origin,
    united.source_table,
    case when united.source_table = 'pilot.open_facility' then cast(united.year as integer) end as facility_year,
    case when united.source_table = 'pilot.literacy' then cast(united.year as integer) end as literacy_year,
    case when united.source_table = 'exposure.population_burden' then united.area_id end as burden_area_id,
    case when united.source_table = 'exposure.exceedance' then cast(united.year as integer) end as exceedance_year,
    case when united.source_table = 'exposure.occupational' then cast(united.year as integer) end as tested_year,
    case when united.source_table = 'exposure.monitoring_summary' and united.indicator_id = 'Q2' then {{ to_text('united.year') }} end
        as particle_period,
    case when united.source_table = 'exposure.monitoring_summary' and united.indicator_id = 'Q6' then {{ to_text('united.year') }} end
        as summary_period,
    case when united.source_table = 'exposure.monitoring_result' then {{ to_text('united.year') }} end as result_period,
    case united.indicator_id
        when 'Q5' then {{ list_of(["'surface_water'", "'sea_water'"]) }}
        when 'Q6' then {{ list_of(["'surface_water'", "'sea_water'", "'sediment'"]) }}
        else {{ list_of(["'ambient_air'"]) }}
    end as measured_media,
    case united.indicator_id
        when 'Q1' then {{ list_of(["'PM2.5'", "'PM10'", "'7446-09-5'", "'10102-44-0'", "'630-08-0'", "'10028-15-6'"]) }}
        when 'Q3' then {{ list_of(["'10028-15-6'"]) }}
        when 'Q5' then {{ list_of(["'DO'", "'CODMN'", "'NH3-N'", "'TP'", "'COD'", "'DIN'", "'PO4-P'"]) }}
    end as measured_items,
    case when united.source_table = 'risk_grade.source_grade' then cast(united.year as integer) end as grade_year,
    case when united.source_table = 'exposure.monitoring_chain' then {{ list_of(['1', '2']) }} end as chain_grades,
    case when united.source_table = 'risk_grade.risk_code' then build.as_of end as code_as_of,
    case when united.indicator_id = 'M3' and united.source_table = 'risk_grade.problem' then {{ list_of(["'closed'", "'escalated'"]) }} end
        as problem_states,
    event.incident_ids,
    event.approval_nos,
    case when united.source_table = 'inventory.enterprise_dossier' then {{ list_of(["'verified'", "'reported'", "'missing'"]) }} end
        as dossier_states,
    case when united.source_table = 'inventory.emission' then cast(united.year as integer) end as emission_year,
    case when united.source_table = 'inventory.toxicity_weighted_year' then cast(united.year as integer) end as toxicity_year,
    case when united.source_table = 'emission_factor.factor' then latest.version end as factor_version,
    case when united.source_table = 'exposure.health_risk' then united.value end as largest_quotient,
    case when united.source_table = 'exposure.health_risk_organ' then united.value end as largest_organ_index,
    {{ origin_join([
        'united._origin',
        'made._origin',
        origin_seed('green_indicator', 'indicator', {'normalised': 'target', 'source_table': 'definition'}),
    ]) }} as _origin
from {{ ref('int_green_index__values_united') }} as united
cross join {{ source('intake', 'build') }} as build
cross join latest
inner join {{ seed_rows('green_indicator') }} as indicator on indicator.indicator_id = united.indicator_id
left join {{ ref('int_green_index__event_values_computed') }} as event
    on event.indicator_id = united.indicator_id and event.area_id = united.area_id and event.year = united.year
    and united.origin = 'computed'
left join {{ ref('int_green_index__output_values_computed') }} as made
    on made.indicator_id = united.indicator_id and made.area_id = united.area_id and made.year = united.year
    and united.origin = 'computed'
left join {{ ref('int_green_index__contributions_split') }} as scored
    on scored.indicator_id = united.indicator_id and scored.area_id = united.area_id and scored.year = united.year
