-- The one area that names a place: the narrowest that tables by area are printed for.
select place_id, area_id
from {{ ref('int_core__places_contained') }}
qualify
    row_number() over (
        partition by place_id order by {{ area_rank('area_kind') }} asc nulls last, area_id asc nulls last
    ) = 1
