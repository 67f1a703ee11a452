{{ config(pre_hook=["{{ load_spatial() }}"]) }}

-- Every area that holds a place. Rings, parks and streets overlap: a place may stand in several rows.
with places as (
    select receptor_id as place_id, longitude, latitude from {{ ref('int_core__receptors_coded') }}
    union all
    select 'S:' || site_no as place_id, longitude, latitude from {{ ref('int_core__monitoring_sites_unioned') }}
    union all
    select cell_id as place_id, longitude, latitude from {{ ref('int_core__grid_cells_drawn') }}
),

points as (
    select place_id, {{ point_of('longitude', 'latitude') }} as point
    from places
    where longitude is not null and latitude is not null
),

outlines as (
    select area_id, area_kind, {{ geometry_of('geometry_wkt') }} as outline
    from {{ ref('int_core__areas_outlined') }}
    where geometry_wkt is not null
)

select points.place_id, outlines.area_id, outlines.area_kind
from points
inner join outlines on {{ contains_point('outlines.outline', 'points.point') }}
