-- The sources that a factor can be computed for: those with coordinates and a station.
select outlet_id, x_m, y_m, height_m, diameter_m, velocity_m_s, temperature_k, width_m, station_id
from {{ ref('int_exposure__air_sources_described') }}
where x_m is not null and y_m is not null and station_id is not null
