select
    cast(extract(year from build.as_of) as integer) as year,
    drawn.point_id,
    frame.street_id,
    drawn.stratum,
    {{ stratum_word('drawn.stratum') }} as stratum_cn,
    frame.households,
    cast(frame.persons as integer) as residents_15_69,
    drawn.inclusion_probability,
    drawn.draw_no,
    drawn.is_replacement,
    frame.village as name_cn,
    frame._origin
from {{ ref('int_pilot__points_drawn') }} as drawn
inner join {{ ref('int_pilot__frame_prepared') }} as frame on frame.point_id = drawn.point_id
cross join {{ source('intake', 'build') }} as build
