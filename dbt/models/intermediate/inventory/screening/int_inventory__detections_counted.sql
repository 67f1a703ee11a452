-- Detection of each pollutant in the environment (never in waste gas, waste water or workshops) since the first of January of
-- the assessment year less the look-back, and the largest ratio to a standard that was valid on the day and fits averaging
-- time and medium. A non-detect whose limit lies above the standard proves nothing: it is counted as a sample, but not
-- as an informative one.
with

build as (
    select
        chosen.assessment_year,
        parameter.value as years_back
    from {{ ref('int_inventory__assessment_year_chosen') }} as chosen
    cross join {{ ref('int_core__parameter_values_chosen') }} as parameter
    where parameter.parameter_id = 'screening.detection_years'
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
        min(case when result.is_nondetect then result.detection_limit end) as smallest_limit
    from environment as result
    cross join build
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
        max(day_result.smallest_limit / standard_limit.limit_canonical) as limit_ratio
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
        day_result.unit, day_result.sample_count, day_result.detected_count
)

select
    pollutant_id,
    cast(sum(sample_count) as integer) as sample_count,
    cast(sum(detected_count) as integer) as detected_count,
    cast(count(distinct site_id) as integer) as sampled_site_count,
    cast(count(distinct case when detected_count > 0 or coalesce(limit_ratio, 0) <= 1 then site_id end) as integer)
        as informative_site_count,
    cast(count(distinct case when detected_count > 0 then site_id end) as integer) as detected_site_count,
    max(ratio) as max_ratio_to_standard
from compared
group by pollutant_id
