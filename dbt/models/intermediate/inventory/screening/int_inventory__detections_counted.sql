-- Detection of each pollutant in the environment (never in waste gas, waste water or workshops) since the first of January of
-- the assessment year less the look-back, and the largest ratio to a standard that was valid on the day and fits averaging
-- time and medium. A non-detect whose limit is unknown, above the standard, or (air) above the level of risk (the unit risk at
-- which a life's breathing reaches screening.nondetect_risk, or the RfC) proves nothing: it is a sample, not an informative one.
with

build as (
    select
        chosen.assessment_year,
        max(case when parameter.parameter_id = 'screening.detection_years' then parameter.value end) as years_back,
        max(case when parameter.parameter_id = 'screening.nondetect_risk' then parameter.value end) as nondetect_risk
    from {{ ref('int_inventory__assessment_year_chosen') }} as chosen
    cross join {{ ref('int_core__parameter_values_chosen') }} as parameter
    group by chosen.assessment_year
),

{# concentration in air below which a non-detect shows that the long-term risk to residents is small #}
risk_level as (
    select
        toxicity.pollutant_id,
        min(case
            when toxicity.value_type = 'IUR' and toxicity.unit = '(ug/m3)-1' and toxicity.value > 0
                then build.nondetect_risk / toxicity.value
            when toxicity.use_class = 'chronic' and toxicity.unit = 'mg/m3' and toxicity.value > 0
                then toxicity.value * 1000
        end) as level_ug_m3
    from {{ ref('toxicity_value') }} as toxicity
    cross join build
    where toxicity.route = 'inhalation' and {{ list_has('toxicity.chosen_for', "'resident'") }}
    group by toxicity.pollutant_id
),

{# an hourly station that no site list names measures air when its unit is one of air #}
environment as (
    select
        result.pollutant_id,
        coalesce(
            result.medium, case when result.source_kind = 'station' and result.unit = 'ug/m3' then 'ambient_air' end
        ) as medium,
        result.averaging_time,
        result.site_id,
        result.unit,
        result.sampled_at,
        result.is_nondetect,
        result.is_flagged,
        result.value,
        result.detection_limit
    from {{ ref('int_exposure__results_converted') }} as result
),

day_result as (
    select
        result.pollutant_id,
        result.medium,
        result.averaging_time,
        result.site_id,
        result.unit,
        cast(result.sampled_at as date) as sampled_on,
        cast(count(*) as bigint) as sample_count,
        cast(count(case when not result.is_nondetect and result.value > 0 then 1 end) as bigint) as detected_count,
        max(case when not result.is_nondetect and result.value > 0 then result.value end) as largest_value,
        min(case
            when
                result.is_nondetect
                and not coalesce(
                    result.medium = 'ambient_air' and result.unit = 'ug/m3' and result.detection_limit > risk_level.level_ug_m3,
                    false
                )
                then result.detection_limit
        end) as smallest_limit
    from environment as result
    cross join build
    left join risk_level on risk_level.pollutant_id = result.pollutant_id
    where
        result.medium in (select standard.medium from {{ ref('screening_standard') }} as standard)
        and not result.is_flagged
        and (result.is_nondetect or result.value is not null)
        and year(result.sampled_at) > build.assessment_year - build.years_back
    group by
        result.pollutant_id, result.medium, result.averaging_time, result.site_id, result.unit, cast(result.sampled_at as date)
),

standard_limit as (
    select
        limits.medium,
        limits.pollutant_id,
        limits.averaging_time,
        limits.canonical_unit,
        limits.limit_canonical,
        limits.valid_from,
        limits.valid_to
    from {{ ref('environmental_limit') }} as limits
    inner join {{ ref('screening_standard') }} as standard
        on
            standard.medium = limits.medium
            and standard.standard_code = limits.standard_code
            and standard.standard_class = limits.standard_class
    where limits.operator = '<=' and limits.limit_canonical > 0
),

compared as (
    select
        day_result.pollutant_id,
        day_result.medium,
        day_result.averaging_time,
        day_result.site_id,
        day_result.sampled_on,
        day_result.sample_count,
        day_result.detected_count,
        max(day_result.largest_value / standard_limit.limit_canonical) as ratio,
        case
            when day_result.smallest_limit is not null
                then coalesce(max(day_result.smallest_limit / standard_limit.limit_canonical), 0)
        end as limit_ratio
    from day_result
    left join standard_limit
        on
            standard_limit.medium = day_result.medium
            and standard_limit.pollutant_id = day_result.pollutant_id
            and standard_limit.canonical_unit = day_result.unit
            and (nullif(standard_limit.averaging_time, '') is null or standard_limit.averaging_time = day_result.averaging_time)
            and (standard_limit.valid_from is null or day_result.sampled_on >= standard_limit.valid_from)
            and (standard_limit.valid_to is null or day_result.sampled_on <= standard_limit.valid_to)
    group by
        day_result.pollutant_id, day_result.medium, day_result.averaging_time, day_result.site_id, day_result.sampled_on,
        day_result.unit, day_result.sample_count, day_result.detected_count, day_result.smallest_limit
)

select
    pollutant_id,
    cast(sum(sample_count) as integer) as sample_count,
    cast(sum(detected_count) as integer) as detected_count,
    cast(count(distinct site_id) as integer) as sampled_site_count,
    cast(count(distinct case when detected_count > 0 or limit_ratio <= 1 then site_id end) as integer)
        as informative_site_count,
    cast(count(distinct case when detected_count > 0 then site_id end) as integer) as detected_site_count,
    max(ratio) as max_ratio_to_standard
from compared
group by pollutant_id
