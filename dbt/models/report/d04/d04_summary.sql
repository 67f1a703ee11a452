{# One row: the figures that the text of D04 quotes. #}
with

receptor as (
    select
        cast(count(*) as integer) as receptor_count,
        max(cancer_risk) as max_cancer_risk,
        max(cancer_risk_p95) as max_cancer_risk_p95,
        max(inhalation_cancer_risk) as max_inhalation_cancer_risk,
        max(hazard_index) as max_hazard_index,
        max(max_organ_hazard_index) as max_organ_hazard_index,
        cast(count(case when risk_level = '高' then 1 end) as integer) as high_count,
        cast(count(case when risk_level = '关注' then 1 end) as integer) as attention_count,
        cast(count(case when risk_level in ('低', '可忽略') then 1 end) as integer) as acceptable_count,
        cast(count(case when risk_level = '未知' then 1 end) as integer) as unknown_count,
        {{ listagg_text('case when row_no <= 3 then name end', '、', 'row_no') }} as first_receptors
    from {{ ref('d04_receptor') }}
),

apart as (
    select
        max(total.bounding_cancer_risk) as max_bounding_cancer_risk,
        cast(count(distinct soil.place_id) as integer) as soil_receptor_count,
        (
            select cast(count(*) as integer) from {{ ref('dim_receptor') }}
            where receptor_id not in (select place_id from {{ ref('health_risk') }} where medium = 'ambient_air')
        ) as air_unknown_count
    from {{ ref('health_risk_total') }} as total
    left join {{ ref('health_risk') }} as soil
        on soil.place_id = total.place_id and soil.population_group = total.population_group and soil.medium = 'soil'
        and not soil.is_bounding
    where total.place_kind = 'receptor' and total.population_group = 'resident_life'
),

worker as (
    select
        max(national_default) as worker_years,
        max(mean) as worker_service_a
    from {{ ref('exposure_factor') }}
    where population_group = 'worker' and parameter = 'exposure_duration_a' and stratum = 'all'
),

people as (
    select
        max(case when population_group = 'resident_life' then population end) as population,
        max(case when population_group = 'resident_life' then mean_cancer_risk end) as mean_cancer_risk,
        max(case when population_group = 'resident_life' then excess_cases_per_year end) as excess_cases_per_year,
        max(case when population_group = 'resident_life' then population_over_1e4 / nullif(population, 0) * 100 end) as over_1e4_pct,
        max(case when population_group = 'resident_life' then population_over_1e5 / nullif(population, 0) * 100 end) as over_1e5_pct,
        max(case when population_group = 'resident_life' then population_hi_over_1 / nullif(population, 0) * 100 end) as hi_over_1_pct
    from {{ ref('d04_burden') }}
    where area_kind = 'area'
),

substance as (
    select
        cast(count(*) as integer) as pollutant_count,
        cast(count(case when cancer_state = '是' then 1 end) as integer) as cancer_pollutant_count,
        cast(count(case when hazard_state = '是' then 1 end) as integer) as hazard_pollutant_count,
        cast(count(case when in_list = '是' then 1 end) as integer) as listed_count
    from {{ ref('d04_hazard') }}
),

-- a value of any medium or route
valued as (
    select
        pollutant_id,
        cancer_state = '是' or hazard_state = '是' as is_valued
    from {{ ref('d04_hazard') }}
),

left_out as (
    select
        cast(count(distinct case when unknown.reason = '没有可采用的毒性值' and not valued.is_valued then unknown.pollutant_id end) as integer)
            as unknown_toxicity_count,
        cast(count(distinct case when unknown.reason = '没有可采用的毒性值' and valued.is_valued then unknown.pollutant_id end) as integer)
            as partly_unknown_count,
        cast(count(distinct case when unknown.reason = '全部未检出' then unknown.pollutant_id end) as integer) as bound_count,
        {{ listagg_text('case when unknown.bound_no <= 3 then unknown.bound_text end', '、', 'unknown.bound_no') }} as first_bounds
    from {{ ref('d04_unknown') }} as unknown
    inner join valued on valued.pollutant_id = unknown.pollutant_id
),

toxicity as (
    select
        cast(count(*) as integer) as toxicity_count,
        cast(count(case when verified <> '已核对' then 1 end) as integer) as unchecked_toxicity_count
    from {{ ref('d04_toxicity') }}
),

driver as (
    select
        {{ listagg_text('case when row_no <= 3 then name_cn || chr(65288) || medium_cn || chr(65289) end', '、', 'row_no') }}
            as first_drivers
    from {{ ref('d04_driver') }}
),

occupational as (
    select
        cast(count(*) as integer) as job_count,
        cast(count(case when exposure_ratio > 1 then 1 end) as integer) as over_limit_count,
        cast(count(case when over_action_level = '是' then 1 end) as integer) as over_action_count,
        cast(count(case when gbz298_class >= 4 then 1 end) as integer) as high_class_count
    from {{ ref('d04_occupational') }}
),

parameters as (
    select
        cast(cast(max(case when parameter_id = 'risk.draws' then value end) as double) as integer) as draws,
        cast(max(case when parameter_id = 'risk.dispersion_log_sd' then value end) as double) as dispersion_log_sd,
        cast(max(case when parameter_id = 'risk.cancer_potency_log_sd' then value end) as double) as cancer_potency_log_sd,
        cast(max(case when parameter_id = 'risk.reference_value_log_sd' then value end) as double) as reference_value_log_sd,
        cast(max(case when parameter_id = 'risk.cancer_low' then value end) as double) as cancer_low,
        cast(max(case when parameter_id = 'risk.cancer_attention' then value end) as double) as cancer_attention,
        cast(max(case when parameter_id = 'risk.cancer_high' then value end) as double) as cancer_high,
        cast(max(case when parameter_id = 'risk.hazard_index_attention' then value end) as double) as hazard_index_attention,
        cast(max(case when parameter_id = 'risk.hazard_index_high' then value end) as double) as hazard_index_high,
        cast(max(case when parameter_id = 'risk.soil_distance_m' then value end) as double) as soil_distance_m,
        cast(max(case when parameter_id = 'risk.confidence_high_share' then value end) as double) * 100 as confidence_high_pct
    from {{ ref('parameter_used') }}
)

select
    'D04' as document_id,
    'receptor' as place_kind,
    receptor.*,
    apart.*,
    worker.*,
    people.*,
    substance.*,
    left_out.*,
    toxicity.*,
    driver.*,
    occupational.*,
    parameters.*,
    edition.assessment_year
from receptor
cross join apart
cross join worker
cross join people
cross join substance
cross join left_out
cross join toxicity
cross join driver
cross join occupational
cross join parameters
cross join {{ ref('edition') }} as edition
