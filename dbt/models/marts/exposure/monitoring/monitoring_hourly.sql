{{ config(materialized='view') }}

-- Hourly results of stations and of online outlets with the columns of monitoring_result; an edition holds them as one Parquet file
-- a month (config.meta.series). Ids rest on what a record is about, so a month whose files did not change has the same bytes in the next
-- edition. A value that the instrument flagged is kept as text and counts as unknown.
with hours as (
    select
        *,
        case when is_flagged then null else value end as usable_value
    from {{ ref('int_exposure__results_converted') }}
    where source_kind in ('station', 'outlet') and averaging_time = '1h' and sampled_at is not null
)

select
    hours.result_id,
    cast(null as {{ type_string() }}) as sample_id,
    hours.site_id,
    hours.sampled_at,
    hours.averaging_time,
    hours.medium,
    hours.pollutant_id,
    hours.usable_value as value,
    hours.unit,
    hours.value_text,
    hours.unit_original,
    hours.is_nondetect,
    hours.detection_limit,
    case
        when hours.usable_value is null and not hours.is_nondetect then 'C'
        when {{ list_size('hours._flags') }} > 0 then 'B'
        else 'A'
    end as qc_level,
    hours._flags as qc_codes,
    hours.method as method_code,
    case hours.source_kind when 'outlet' then 'online' else 'automatic_station' end as source_kind,
    hours._file_no as file_no,
    coalesce(hours._sheet, '') as sheet,
    hours._row as row_number,
    coalesce(hours._field, '') as field
from hours
