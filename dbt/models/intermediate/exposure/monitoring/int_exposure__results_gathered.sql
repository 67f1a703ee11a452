-- Samples and daily values in one shape, with what their limits depend on. A result that does not say its averaging time has that
-- of seed screening_averaging. A sample of a file is one batch with the others of its sheet, for which its controls stand.
with

sample as (
    select
        result.result_id,
        result.sample_no as sample_id,
        result.site_id,
        result.sampled_at,
        coalesce(
            result.averaging_time,
            -- a word that nobody knows is no silence
            case when result.source_kind = 'sample' and record.averaging_time_word is null then assumed.averaging_time end
        ) as averaging_time,
        result.medium,
        result.pollutant_id,
        case when result.is_flagged then null else result.value end as value,
        result.unit,
        result.value_text,
        result.value_original,
        result.unit_original,
        result.is_nondetect,
        result.is_flagged,
        result.detection_limit,
        result.method as method_code,
        case when result.source_kind = 'station' then 'automatic_station' else 'manual' end as source_kind,
        cast(null as integer) as hour_count,
        cast(0 as integer) as nondetect_count,
        record.laboratory,
        record.cma_no,
        coalesce(result._flags, {{ text_to_list("''") }}) as flags,
        result._file_no as file_no,
        coalesce(result._sheet, '') as sheet,
        case result.source_kind
            when 'station' then {{ origin_rows(
                'monitoring_station_hour', 'result._file_no', 'result._sheet', 'result._row', 'result._row', 'value', 'value') }}
            else {{ origin_cells('monitoring_sample', 'result', {'value': 'value', 'sampled_at': 'sampled_at'}) }}
        end as _origin
    from {{ ref('int_exposure__results_converted') }} as result
    left join {{ ref('stg_monitoring__samples') }} as record on record._record_id = result._record_id
    left join {{ ref('screening_averaging') }} as assumed on assumed.medium = result.medium
    where
        result.source_kind = 'sample'
        or (result.source_kind = 'station' and coalesce(result.averaging_time, '') <> '1h')
),

stated_day as (
    select distinct
        site_id,
        pollutant_id,
        cast(sampled_at as date) as sampled_on,
        averaging_time
    from sample
    where source_kind = 'automatic_station'
),

-- a day that the file of the station states is not made of its hours again
daily as (
    select
        result_id,
        cast(null as {{ type_string() }}) as sample_id,
        site_id,
        cast(sampled_on as timestamp) as sampled_at,
        averaging_time,
        medium,
        pollutant_id,
        value,
        unit,
        cast(null as {{ type_string() }}) as value_text,
        cast(null as double) as value_original,
        unit_original,
        is_nondetect,
        false as is_flagged,
        detection_limit,
        cast(null as {{ type_string() }}) as method_code,
        source_kind,
        hour_count,
        nondetect_count,
        cast(null as {{ type_string() }}) as laboratory,
        cast(null as {{ type_string() }}) as cma_no,
        {{ text_to_list("''") }} as flags,
        cast(null as integer) as file_no,
        '' as sheet,
        _origin
    from {{ ref('int_exposure__days_averaged') }} as made
    where not exists (
        select 1 from stated_day
        where
            stated_day.site_id = made.site_id
            and stated_day.pollutant_id = made.pollutant_id
            and stated_day.sampled_on = made.sampled_on
            and stated_day.averaging_time = made.averaging_time
    )
),

gathered as (
    select * from sample
    union all
    select * from daily
)

select
    gathered.*,
    {{ period_of('gathered.sampled_at', 'year') }} as period,
    site.medium as site_medium,
    site.site_role,
    site.enterprise_id,
    site.area_id,
    water.water_function
from gathered
left join {{ ref('dim_monitoring_site') }} as site on site.site_id = gathered.site_id
left join {{ ref('int_exposure__site_functions_found') }} as water on water.site_id = gathered.site_id
