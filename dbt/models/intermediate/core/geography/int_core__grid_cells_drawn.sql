{{ config(pre_hook=["{{ load_spatial() }}"]) }}

-- Cells of the profile's grid whose centre lies in the zone. Grid lines are whole multiples of the side in the metric system of
-- the profile, so that cells keep their id when the outline of the zone changes.
with zone as (
    select
        fact.crs_metric,
        fact.grid_m,
        {{ to_metric(geometry_of('area.geometry_wkt'), 'fact.crs_metric') }} as outline
    from {{ ref('stg_geography__profile_facts') }} as fact
    inner join {{ ref('int_core__areas_outlined') }} as area
        on area.area_kind = 'area' and area.area_id = coalesce(fact.zone_id, area.area_id)
    where area.geometry_wkt is not null
),

bounds as (
    select
        *,
        floor({{ bound_of('outline', 'ymin') }} / grid_m) as first_row,
        floor({{ bound_of('outline', 'ymax') }} / grid_m) as last_row,
        {{ rows_between(
            'floor(' ~ bound_of('outline', 'xmin') ~ ' / grid_m)', 'floor(' ~ bound_of('outline', 'xmax') ~ ' / grid_m)'
        ) }} as column_no
    from zone
),

squares as (
    select *, {{ rows_between('first_row', 'last_row') }} as row_no
    from bounds
),

cells as (
    select distinct
        column_no,
        row_no,
        grid_m as size_m,
        (column_no + 0.5) * grid_m as x_m,
        (row_no + 0.5) * grid_m as y_m,
        crs_metric
    from squares
    where {{ contains_point('outline', point_of('(column_no + 0.5) * grid_m', '(row_no + 0.5) * grid_m')) }}
),

placed as (
    select *, {{ to_degrees(point_of('x_m', 'y_m'), 'crs_metric') }} as centre
    from cells
)

select
    'C:' || {{ to_text('column_no') }} || '_' || {{ to_text('row_no') }} as cell_id,
    column_no,
    row_no,
    x_m,
    y_m,
    size_m,
    {{ x_of('centre') }} as longitude,
    {{ y_of('centre') }} as latitude
from placed
