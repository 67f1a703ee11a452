-- Characteristic pollutants of a project or plan and what the ministry's opinion on EIAs with new pollutants asks of each (环环评〔2025〕28号):
-- identified from what is released and what the developer's sites use and make; a banned one is not approved; with an emission standard:
-- compliance and permit; with a quality standard and a method: monitoring and prediction; with a method alone: routine monitoring. What the
-- developer's sites use or make and the releases do not name is to be explained.
with

industry as (
    select identified.project_id, min(listed.industry) as industry
    from {{ ref('int_exposure__project_pollutants_identified') }} as identified
    inner join {{ ref('new_pollutant_industry') }} as listed on identified.industry_code like listed.prefix || '%'
    group by identified.project_id
),

control as (
    select
        pollutant.pollutant_id,
        min(control.control) as control
    from {{ ref('chemical') }} as pollutant
    inner join {{ ref('regulatory_list') }} as listed
        on {{ list_has(text_to_list('listed.cas_no', ';'), 'pollutant.pollutant_id') }}
        or {{ list_has(text_to_list('listed.cas_no', ';'), 'pollutant.parent_cas_no') }}
    inner join {{ ref('new_pollutant_control') }} as control
        on control.list_code = listed.list_code and control.seq = listed.seq and control.verified <> 'doubtful'
    group by pollutant.pollutant_id
),

standard as (
    select
        limits.pollutant_id,
        {{ list_agg_distinct(
            "case when limits.medium in ('waste_gas', 'waste_water', 'fugitive') then limits.standard_code end"
        ) }} as emission_standards,
        {{ list_agg_distinct(
            "case when limits.medium in ('ambient_air', 'surface_water', 'sea_water', 'groundwater', 'soil') then limits.standard_code end"
        ) }} as quality_standards
    from {{ ref('environmental_limit') }} as limits
    cross join {{ source('intake', 'build') }} as build
    where (limits.valid_from is null or limits.valid_from <= build.as_of) and (limits.valid_to is null or limits.valid_to >= build.as_of)
    group by limits.pollutant_id
),

-- a limit is set with a method to judge it; else the table of methods by substance and class, else what was measured here
measurable as (
    select distinct pollutant_id from {{ ref('int_exposure__results_converted') }} where pollutant_id is not null
    union distinct
    select substance.pollutant_id
    from {{ ref('chemical') }} as substance
    inner join {{ ref('monitoring_analyte_method') }} as rule
        on rule.verified <> 'doubtful'
        and (rule.pollutant_id = substance.pollutant_id or (rule.pollutant_id is null and rule.pollutant_class = substance.class))
),

joined as (
    select
        identified.*,
        pollutant.name_cn,
        pollutant.is_new_pollutant,
        pollutant.list_codes,
        industry.industry,
        control.control,
        identified.is_released and coalesce(control.control, '') <> 'banned' as is_to_be_met,
        coalesce(standard.emission_standards, {{ list_distinct_of(["cast(null as " ~ type_string() ~ ")"]) }}) as emission_standards,
        coalesce(standard.quality_standards, {{ list_distinct_of(["cast(null as " ~ type_string() ~ ")"]) }}) as quality_standards,
        coalesce(standard.pollutant_id, measurable.pollutant_id) is not null as has_method,
        coalesce(unit_risk.has_toxicity, false) as has_inhalation_toxicity
    from {{ ref('int_exposure__project_pollutants_identified') }} as identified
    left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = identified.pollutant_id
    left join industry on industry.project_id = identified.project_id
    left join control on control.pollutant_id = identified.pollutant_id
    left join standard on standard.pollutant_id = identified.pollutant_id
    left join measurable on measurable.pollutant_id = identified.pollutant_id
    left join {{ ref('int_exposure__project_unit_risks_computed') }} as unit_risk
        on unit_risk.pollutant_id = identified.pollutant_id and unit_risk.population_group = 'resident_life'
)

select
    project_id,
    project_kind,
    pollutant_id,
    name_cn,
    media,
    increment_air_t,
    increment_water_t,
    is_released,
    site_roles,
    site_ids,
    coalesce(is_new_pollutant, false) as is_new_pollutant,
    coalesce(list_codes, {{ list_distinct_of(["cast(null as " ~ type_string() ~ ")"]) }}) as list_codes,
    industry as opinion_industry,
    control,
    emission_standards,
    quality_standards,
    has_method,
    has_inhalation_toxicity,
    {{ list_distinct_of([
        "case when not is_released then 'EXPLAIN-FATE' end",
        "case when is_released and control = 'banned' then 'REFUSE' end",
        "case when is_to_be_met and " ~ list_size('emission_standards') ~ " > 0 then 'COMPLY-AND-PERMIT' end",
        "case when is_to_be_met and " ~ list_size('quality_standards') ~ " > 0 and has_method then 'MONITOR-AND-PREDICT' end",
        "case when is_to_be_met and " ~ list_size('emission_standards') ~ " = 0 and " ~ list_size('quality_standards')
        ~ " = 0 and has_method then 'ROUTINE-MONITORING' end",
        "case when is_to_be_met and not has_method then 'NO-METHOD' end",
        "case when control = 'restricted' then 'RESTRICTED-USE' end",
    ]) }} as steps
from joined
