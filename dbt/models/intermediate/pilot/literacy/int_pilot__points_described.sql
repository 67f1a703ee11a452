-- Points that are drawn with what their respondents' weights need.
select
    drawn.point_id,
    trim(frame.street) as street,
    trim(frame.village) as village,
    drawn.inclusion_probability,
    frame.persons
from {{ ref('int_pilot__points_drawn') }} as drawn
inner join {{ ref('int_pilot__frame_prepared') }} as frame on frame.point_id = drawn.point_id
