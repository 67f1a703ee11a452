{# Day by day the mean of an area's stations of each of the six pollutants of the air quality index (HJ 663: a city's day is the mean
   of its stations), beside the class II limit of that day, where the index is 100 (HJ 633). Ozone by its largest 8 h mean. A day
   before the standard was in force has no limit. #}
select
    station.area_id,
    cast(result.sampled_at as date) as day,
    {{ period_of('result.sampled_at', 'year') }} as year,
    result.pollutant_id,
    limits.limit_canonical as limit_value,
    {{ exact_mean('coalesce(result.value, result.detection_limit / 2)') }} as value
from {{ ref('monitoring_result') }} as result
inner join {{ ref('int_green_index__stations_assigned') }} as station
    on station.site_id = result.site_id and station.medium = 'ambient_air'
left join {{ ref('environmental_limit') }} as limits
    on limits.medium = 'ambient_air' and limits.standard_code like 'GB 3095%' and limits.standard_class = '二级'
    and limits.pollutant_id = result.pollutant_id and limits.averaging_time = result.averaging_time
    and limits.canonical_unit = result.unit
    and cast(result.sampled_at as date) >= coalesce(limits.valid_from, date '1900-01-01')
    and cast(result.sampled_at as date) <= coalesce(limits.valid_to, date '9999-12-31')
where
    result.medium = 'ambient_air' and result.qc_level in ('A', 'B')
    and (
        (
            result.averaging_time = '24h'
            and result.pollutant_id in ('PM2.5', 'PM10', '7446-09-5', '10102-44-0', '630-08-0')
        )
        or (result.averaging_time = '8h_max' and result.pollutant_id = '10028-15-6')
    )
group by
    station.area_id, cast(result.sampled_at as date), {{ period_of('result.sampled_at', 'year') }}, result.pollutant_id,
    limits.limit_canonical
