-- Every result that counts against every limit that holds for it on its day and fits its averaging time. `ratio`: above 1 is an
-- exceedance; of a non-detect it is null, and `is_open` says that its limit of detection is above the limit, so that it proves
-- nothing; `nondetect_ratio`: that limit over the limit. Hours of outlets are compared at reference oxygen; a limit without an
-- averaging time is compared with what was measured, not with the daily values made of it.
with

result as (
    select
        site_id,
        medium,
        pollutant_id,
        averaging_time,
        unit,
        sampled_at,
        value,
        case when is_nondetect then detection_limit end as nondetect_limit,
        is_nondetect,
        qc_level,
        hour_count is not null as is_derived,
        case averaging_time when '1h' then 1.0 when '8h_max' then 24.0 when '24h' then 24.0 end as duration_h
    from {{ ref('int_exposure__results_judged') }}
    where qc_level in ('A', 'B') and medium is not null and averaging_time is not null and sampled_at is not null
    union all
    select
        site_id,
        medium,
        pollutant_id,
        '1h' as averaging_time,
        unit,
        sampled_at,
        compared_value as value,
        case when is_nondetect then detection_limit end as nondetect_limit,
        is_nondetect,
        'A' as qc_level,
        false as is_derived,
        1.0 as duration_h
    from {{ ref('int_exposure__hours_selected') }}
    where (compared_value is not null or is_nondetect) and medium is not null
)

select
    result.site_id,
    result.medium,
    result.pollutant_id,
    result.averaging_time,
    result.sampled_at,
    result.duration_h,
    result.qc_level,
    limits.limit_id,
    limits.standard_code,
    limits.standard_class,
    limits.limit_averaging_time,
    limits.operator,
    limits.limit_value,
    limits.unit,
    limits.valid_from,
    limits.rank,
    case limits.operator
        when '<=' then result.value / limits.limit_value
        when '<' then result.value / limits.limit_value
        else limits.limit_value / nullif(result.value, 0)
    end as ratio,
    coalesce(
        case limits.operator
            when '<=' then result.value > limits.limit_value
            when '<' then result.value >= limits.limit_value
            when '>' then result.value <= limits.limit_value
            else result.value < limits.limit_value
        end,
        false
    ) as is_exceedance,
    coalesce(result.is_nondetect and coalesce(result.nondetect_limit > limits.limit_value, true), false) as is_open,
    case when limits.operator in ('<=', '<') then result.nondetect_limit / nullif(limits.limit_value, 0) end as nondetect_ratio
from result
inner join {{ ref('int_exposure__limits_applied') }} as limits
    on
        limits.site_id = result.site_id
        and limits.medium = result.medium
        and limits.pollutant_id = result.pollutant_id
        and limits.unit = result.unit
        and cast(result.sampled_at as date) >= limits.valid_from
        and (limits.valid_to is null or cast(result.sampled_at as date) <= limits.valid_to)
left join {{ ref('comparable_averaging') }} as comparable
    on
        comparable.medium = result.medium
        and comparable.averaging_time = result.averaging_time
        and comparable.limit_averaging_time = limits.limit_averaging_time
where
    (limits.limit_averaging_time is null and not result.is_derived)
    or limits.limit_averaging_time = result.averaging_time
    or comparable.medium is not null
