-- Hours of stations and online outlets as the statistics use them: a flagged hour has no value. `compared_value` is what a limit is
-- compared with: at an outlet the concentration at reference oxygen where the file gives it. An hourly station that no site list
-- names measures air when its unit is one of air. `mark`: what an online file says of the hour (code online_mark), `other` where its word
-- is none of them, null where it says nothing.
select
    hour.site_id,
    hour.pollutant_id,
    hour.sampled_at,
    cast(hour.sampled_at as date) as sampled_on,
    cast(extract(hour from hour.sampled_at) as integer) as hour_of_day,
    coalesce(hour.medium, case when hour.source_kind = 'station' and hour.unit = 'ug/m3' then 'ambient_air' end) as medium,
    case hour.source_kind when 'outlet' then 'online' else 'automatic_station' end as source_kind,
    hour.unit,
    hour.unit_original,
    case when hour.is_flagged then null else hour.value end as value,
    case when hour.is_flagged then null else coalesce(hour.reference_value, hour.value) end as compared_value,
    hour.is_nondetect and not hour.is_flagged as is_nondetect,
    hour.detection_limit,
    case when trim(hour.status_word) <> '' then coalesce(mark.code, 'other') end as mark,
    hour._file_no,
    hour._sheet,
    hour._row
from {{ ref('int_exposure__results_converted') }} as hour
left join {{ ref('int_inventory__code_words_normalised') }} as mark
    on mark.code_set = 'online_mark' and mark.word = lower(trim(hour.status_word))
where hour.source_kind in ('station', 'outlet') and hour.averaging_time = '1h' and hour.sampled_at is not null
