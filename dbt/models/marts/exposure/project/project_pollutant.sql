-- Characteristic pollutants of a project or plan and what the ministry's opinion on EIAs with new pollutants asks of each (环环评〔2025〕28号):
-- identified from what is released and what the site uses; a banned one is not approved; with an emission standard: compliance and
-- permit; with a quality standard and a method: monitoring and prediction; with a method alone: routine monitoring.
with

released as (
    select
        project_id,
        min(project_kind) as project_kind,
        pollutant_id,
        {{ list_agg_distinct('medium') }} as media,
        {{ exact_sum("case when medium = 'air' then increment_t end") }} as increment_air_t,
        {{ exact_sum("case when medium = 'water' then increment_t end") }} as increment_water_t,
        min(industry_code) as industry_code
    from {{ ref('int_exposure__project_releases_listed') }}
    where pollutant_id is not null
    group by project_id, pollutant_id
),

industry as (
    select released.project_id, min(listed.industry) as industry
    from released
    inner join {{ ref('new_pollutant_industry') }} as listed on released.industry_code like listed.prefix || '%'
    group by released.project_id
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

measured as (
    select distinct pollutant_id from {{ ref('int_exposure__results_converted') }}
),

joined as (
    select
        released.*,
        pollutant.name_cn,
        pollutant.is_new_pollutant,
        pollutant.list_codes,
        industry.industry,
        control.control,
        coalesce(standard.emission_standards, {{ list_distinct_of(["cast(null as " ~ type_string() ~ ")"]) }}) as emission_standards,
        coalesce(standard.quality_standards, {{ list_distinct_of(["cast(null as " ~ type_string() ~ ")"]) }}) as quality_standards,
        standard.pollutant_id is not null or measured.pollutant_id is not null as has_method,
        coalesce(unit_risk.has_toxicity, false) as has_inhalation_toxicity
    from released
    left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = released.pollutant_id
    left join industry on industry.project_id = released.project_id
    left join control on control.pollutant_id = released.pollutant_id
    left join standard on standard.pollutant_id = released.pollutant_id
    left join measured on measured.pollutant_id = released.pollutant_id
    left join {{ ref('int_exposure__project_unit_risks_computed') }} as unit_risk
        on unit_risk.pollutant_id = released.pollutant_id and unit_risk.population_group = 'resident_life'
)

select
    project_id,
    project_kind,
    pollutant_id,
    name_cn,
    media,
    increment_air_t,
    increment_water_t,
    coalesce(is_new_pollutant, false) as is_new_pollutant,
    coalesce(list_codes, {{ list_distinct_of(["cast(null as " ~ type_string() ~ ")"]) }}) as list_codes,
    industry as opinion_industry,
    control,
    emission_standards,
    quality_standards,
    has_method,
    has_inhalation_toxicity,
    {{ list_distinct_of([
        "case when control = 'banned' then 'REFUSE' end",
        "case when control is distinct from 'banned' and " ~ list_size('emission_standards') ~ " > 0 then 'COMPLY-AND-PERMIT' end",
        "case when control is distinct from 'banned' and " ~ list_size('quality_standards') ~ " > 0 and has_method then 'MONITOR-AND-PREDICT' end",
        "case when control is distinct from 'banned' and " ~ list_size('emission_standards') ~ " = 0 and "
        ~ list_size('quality_standards') ~ " = 0 and has_method then 'ROUTINE-MONITORING' end",
        "case when control is distinct from 'banned' and not has_method then 'NO-METHOD' end",
        "case when control = 'restricted' then 'RESTRICTED-USE' end",
    ]) }} as steps
from joined
