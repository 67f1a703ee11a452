{# Section 9, second part: the wind of the assessment year at the station with the most hours, the same for every site: the sector that it
   blows from most often (16 sectors; calm hours have none), its share and that of calm. #}
with

year as (
    select assessment_year as year from {{ ref('int_inventory__assessment_year_chosen') }}
),

station_hour as (
    select
        met_hour.station_id,
        met_hour.station_name,
        met_hour.is_calm,
        cast(
            floor(
                (met_hour.wind_direction_deg + 11.25 - 360 * floor((met_hour.wind_direction_deg + 11.25) / 360)) / 22.5
            ) as integer
        ) as sector,
        met_hour._file_no,
        met_hour._sheet,
        met_hour._row
    from {{ ref('stg_meteorology__hours') }} as met_hour
    inner join year on year.year = extract(year from met_hour.observed_at)
    where met_hour.wind_direction_deg is not null or met_hour.is_calm
),

station_total as (
    select
        station_id,
        max(station_name) as station_name,
        count(*) as hour_count,
        count(case when is_calm then 1 end) as calm_count
    from station_hour
    group by station_id
),

station as (
    select * from station_total
    qualify row_number() over (order by hour_count desc nulls last, station_id asc nulls last) = 1
),

sector_total as (
    select
        station_hour.sector,
        count(*) as hour_count
    from station_hour
    inner join station on station.station_id = station_hour.station_id
    where not coalesce(station_hour.is_calm, false) and station_hour.sector is not null
    group by station_hour.sector
),

prevailing as (
    select * from sector_total
    qualify row_number() over (order by hour_count desc nulls last, sector asc nulls last) = 1
),

file_run as (
    select
        station_hour._file_no,
        station_hour._sheet,
        min(station_hour._row) as first_row,
        max(station_hour._row) as last_row
    from station_hour
    inner join station on station.station_id = station_hour.station_id
    group by station_hour._file_no, station_hour._sheet
),

traced as (
    select
        min(_file_no) as file_no,
        {% for field in ['wind_direction_deg', 'station_id', 'station_name'] -%}
        {{ origin_collect(origin_rows(
            'meteorology_hour', '_file_no', '_sheet', 'first_row', 'last_row', field, 'value')) }} as {{ field }}_origin
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from file_run
),

wind as (
    select
        coalesce(station.station_name, station.station_id) as station,
        sector_label.label_cn as prevailing,
        {{ significant_text('100.0 * prevailing.hour_count / station.hour_count', 3) }} as prevailing_share,
        {{ significant_text('100.0 * station.calm_count / station.hour_count', 3) }} as calm_share,
        traced.file_no,
        traced.wind_direction_deg_origin as wind_origin,
        case when station.station_name is null then traced.station_id_origin else traced.station_name_origin end as station_origin,
        {{ period_last_day(to_text('year.year')) }} as value_date
    from station
    cross join traced
    cross join year
    left join prevailing on prevailing.hour_count > 0
    {{ code_label_join('sector_label', 'wind_sector', to_text('prevailing.sector')) }}
)

{% for field in ['station', 'prevailing', 'prevailing_share', 'calm_share'] %}
select
    enterprise.enterprise_id,
    'wind' as block,
    'wind' as item_key,
    1 as item_rank,
    '{{ field }}' as field,
    wind.{{ field }} as plain_value,
    cast(null as {{ type_string() }}) as unit,
    'meteorology' as source,
    wind.file_no,
    wind.value_date,
    'derived' as state,
    cast(null as {{ type_string() }}) as parent_table,
    cast(null as {{ type_string() }}) as parent_key,
    cast(null as {{ type_string() }}) as parent_column,
    wind.{{ 'station' if field == 'station' else 'wind' }}_origin as origin
from {{ ref('dim_enterprise') }} as enterprise
cross join wind
{{ 'union all' if not loop.last }}
{% endfor %}
