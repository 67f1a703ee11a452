-- What SQL has to know of the area: its metric coordinate system, the side of its grid, which area is the zone and
-- how far its standard time is from UTC (of China 8 h).
-- CGCS2000 / 3-degree Gauss-Kruger CM 120E and 500 m are the values of the pilot's own plan, used where a profile says nothing.
select
    coalesce(max(case when parameter.parameter_id = 'profile.crs_metric' then parameter.value end), 'EPSG:4550') as crs_metric,
    coalesce(
        max(case when parameter.parameter_id = 'profile.grid_m' then try_cast(parameter.value as double) end), 500
    ) as grid_m,
    max(case when parameter.parameter_id = 'profile.zone_id' then parameter.value end) as zone_id,
    coalesce(
        max(case when parameter.parameter_id = 'profile.utc_offset_h' then try_cast(parameter.value as double) end), 8
    ) as utc_offset_h
from {{ source('intake', 'profile_parameter') }} as parameter
