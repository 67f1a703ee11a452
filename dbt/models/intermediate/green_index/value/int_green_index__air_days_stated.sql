{# Days of an area whose grade of air quality (HJ 633) a daily report itself states, such as a city's own. Where several sites of the area
   state one, or one site states two, none is the area's: its day is the mean of its stations, not the grade of one. #}
with

stated as (
    select distinct
        station.area_id,
        result.site_id,
        cast(result.sampled_at as date) as day,
        {{ period_of('result.sampled_at', 'year') }} as year,
        word.code as grade
    from {{ ref('int_exposure__results_converted') }} as result
    inner join {{ ref('stg_monitoring__samples') }} as record on record._record_id = result._record_id
    inner join {{ ref('crosswalk_code') }} as word on word.code_set = 'air_quality_grade' and word.word = trim(record.quality_class)
    inner join {{ ref('int_green_index__stations_assigned') }} as station
        on station.site_id = result.site_id and station.medium = 'ambient_air'
    where result.source_kind = 'sample' and result.medium = 'ambient_air' and result.averaging_time = '24h'
)

select
    area_id,
    day,
    year,
    min(grade) as grade
from stated
group by area_id, day, year
having count(*) = 1
