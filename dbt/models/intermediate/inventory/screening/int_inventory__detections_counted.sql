-- Detection of each pollutant in the environment and the largest ratio to a standard that was valid on the day and fits averaging
-- time, medium and the function of the water body. A non-detect whose limit is unknown, above the standard or above the level of
-- risk proves nothing: it is a sample, not an informative one. `detection_share`: rate of each site among its informative
-- samples, then the mean over sites, so that one station's hours do not outvote the samples of the others.
with

day_result as (
    select
        pollutant_id,
        medium,
        averaging_time,
        site_id,
        water_function,
        unit,
        sampled_on,
        cast(count(*) as bigint) as sample_count,
        cast(count(case when is_detected then 1 end) as bigint) as detected_count,
        max(detected_value) as largest_value,
        cast(count(case when is_averaging_assumed then 1 end) as bigint) as assumed_count,
        cast(count(usable_limit) as bigint) as usable_nondetect_count,
        max(usable_limit) as largest_limit
    from {{ ref('int_inventory__environment_results_placed') }}
    group by pollutant_id, medium, averaging_time, site_id, water_function, unit, sampled_on
),

standard_limit as (
    select
        limits.medium,
        limits.pollutant_id,
        -- a time that no code names (a quarter) fits no result
        coalesce(limits.averaging_time, nullif(limits.averaging_time_text, '')) as averaging_time,
        limits.canonical_unit,
        limits.limit_canonical,
        standard.water_function,
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
        day_result.assumed_count,
        day_result.usable_nondetect_count,
        max(day_result.largest_value / standard_limit.limit_canonical) as ratio,
        case
            when day_result.largest_limit is not null
                then coalesce(max(day_result.largest_limit / standard_limit.limit_canonical), 0)
        end as limit_ratio
    from day_result
    left join standard_limit
        on
            standard_limit.medium = day_result.medium
            and standard_limit.pollutant_id = day_result.pollutant_id
            and standard_limit.canonical_unit = day_result.unit
            and (nullif(standard_limit.averaging_time, '') is null or standard_limit.averaging_time = day_result.averaging_time)
            and (standard_limit.water_function is null or standard_limit.water_function = day_result.water_function)
            and (standard_limit.valid_from is null or day_result.sampled_on >= standard_limit.valid_from)
            and (standard_limit.valid_to is null or day_result.sampled_on <= standard_limit.valid_to)
    group by
        day_result.pollutant_id, day_result.medium, day_result.averaging_time, day_result.site_id, day_result.sampled_on,
        day_result.unit, day_result.sample_count, day_result.detected_count, day_result.assumed_count,
        day_result.usable_nondetect_count, day_result.largest_limit
),

by_site as (
    select
        pollutant_id,
        site_id,
        sum(sample_count) as sample_count,
        sum(detected_count) as detected_count,
        sum(assumed_count) as assumed_count,
        sum(detected_count + case when limit_ratio <= 1 then usable_nondetect_count else 0 end) as informative_count,
        max(ratio) as ratio
    from compared
    group by pollutant_id, site_id
)

select
    pollutant_id,
    cast(sum(sample_count) as integer) as sample_count,
    cast(sum(detected_count) as integer) as detected_count,
    cast(sum(assumed_count) as integer) as assumed_averaging_count,
    cast(count(*) as integer) as sampled_site_count,
    cast(count(case when informative_count > 0 then 1 end) as integer) as informative_site_count,
    cast(count(case when detected_count > 0 then 1 end) as integer) as detected_site_count,
    {{ exact_sum('detected_count / cast(nullif(informative_count, 0) as double)') }}
    / nullif(count(case when informative_count > 0 then 1 end), 0) as detection_share,
    max(ratio) as max_ratio_to_standard
from by_site
group by pollutant_id
