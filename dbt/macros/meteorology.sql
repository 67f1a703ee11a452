{# Whose weather a source has. What does not belong here: which hours of a station count (int_exposure__weather_hours_chosen). #}

{# CTEs `station` and `nearest` (`key`, station_id, station_m) for the rows of the CTE `place`, which has longitude and latitude: the
   nearest station with coordinates, else the one with the most hours. #}
{% macro nearest_station_ctes(place, key) -%}
station as (
    select
        station_id,
        max(case when has_place then longitude end) as longitude,
        max(case when has_place then latitude end) as latitude,
        count(wind_speed_m_s) as hours
    from {{ ref('int_exposure__weather_hours_chosen') }}
    group by station_id
    having count(wind_speed_m_s) > 0
),

reached as (
    select
        place.{{ key }},
        station.station_id,
        station.hours,
        {{ metres_between('place.longitude', 'place.latitude', 'station.longitude', 'station.latitude') }} as station_m
    from {{ place }} as place
    cross join station
),

nearest as (
    select {{ key }}, station_id, station_m
    from reached
    qualify
        row_number() over (
            partition by {{ key }} order by station_m asc nulls last, hours desc nulls last, station_id asc nulls last
        ) = 1
)
{%- endmacro %}
