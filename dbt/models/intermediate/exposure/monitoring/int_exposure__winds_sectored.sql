-- Hours of wind by the sector that it blows from, sixteen centred on their direction (0 north, from 348.75 to 11.25 degrees), calm hours
-- without one. Directions that a station states in tens of degrees stand for the ten degrees about them: an hour counts in two
-- sectors with the share of those that lies in each. One station serves all sites: the one with the most hours.
with

rule as (
    select max(case when parameter_id = 'monitoring.calm_speed_m_s' then value end) as calm_speed_m_s
    from {{ ref('int_core__parameter_values_chosen') }}
),

hour as (
    select
        met_hour.station_id,
        met_hour.observed_at,
        met_hour.wind_direction_deg,
        met_hour.wind_speed_m_s,
        coalesce(met_hour.is_calm, false) or met_hour.wind_speed_m_s < rule.calm_speed_m_s as is_calm,
        met_hour._file_no,
        met_hour._sheet,
        met_hour._row
    from {{ ref('stg_meteorology__hours') }} as met_hour
    cross join rule
    where met_hour.observed_at is not null and met_hour.wind_speed_m_s is not null
),

counted as (
    select
        station_id,
        count(*) as hour_count,
        max(case when not is_calm and wind_direction_deg - 10 * floor(wind_direction_deg / 10) > 0 then 1 else 0 end) = 0 as is_in_tens
    from hour
    group by station_id
),

station as (
    select * from counted
    qualify row_number() over (order by hour_count desc nulls last, station_id asc nulls last) = 1
),

chosen as (
    select
        hour.observed_at,
        hour.is_calm,
        hour.wind_direction_deg,
        hour.wind_speed_m_s,
        hour._file_no,
        hour._sheet,
        hour._row,
        station.station_id,
        station.is_in_tens
    from hour
    inner join station on station.station_id = hour.station_id
    where hour.is_calm or hour.wind_direction_deg is not null
    qualify
        row_number() over (
            partition by hour.observed_at
            order by hour._file_no asc nulls last, hour._sheet asc nulls last, hour._row asc nulls last
        ) = 1
),

edge as (
    select
        chosen.*,
        floor(({{ turned('chosen.wind_direction_deg + 11.25 - case when chosen.is_in_tens then 5 else 0 end') }}) / 22.5) as first_sector,
        case
            when chosen.is_in_tens
                then least(
                    1.0,
                    (22.5 - ({{ turned('chosen.wind_direction_deg + 6.25') }})
                    + 22.5 * floor(({{ turned('chosen.wind_direction_deg + 6.25') }}) / 22.5)) / 10
                )
            else 1.0
        end as first_share
    from chosen
    where not chosen.is_calm
)

select
    station_id,
    observed_at,
    cast(first_sector as integer) as sector,
    first_share as share,
    wind_speed_m_s,
    _file_no,
    _sheet,
    _row
from edge
union all
select
    station_id,
    observed_at,
    cast(first_sector + 1 - 16 * floor((first_sector + 1) / 16) as integer) as sector,
    1 - first_share as share,
    wind_speed_m_s,
    _file_no,
    _sheet,
    _row
from edge
where first_share < 1
union all
select
    station_id,
    observed_at,
    cast(null as integer) as sector,
    1.0 as share,
    wind_speed_m_s,
    _file_no,
    _sheet,
    _row
from chosen
where is_calm
