{{ config(pre_hook=["{{ load_spatial() }}"]) }}
{# The park a site's chosen place lies in, for sites whose registers name no park. #}
with

located as (
    select place.enterprise_id, min(area.area_id) as park_id
    from {{ ref('int_inventory__site_attributes_chosen') }} as place
    inner join
        {{ ref('int_core__areas_outlined') }} as area
        on
            area.area_kind = 'park'
            and area.geometry_wkt is not null
            and {{ contains_point(geometry_of('area.geometry_wkt'), point_of('place.longitude', 'place.latitude')) }}
    where place.attribute = 'place'
    group by place.enterprise_id
)

select
    enterprise_id,
    park_id,
    {{ list_of([origin_item(
        source_table="'intake.area'", file_no='null', sheet="''", first_row='null', last_row='null',
        field="park_id || '.geometry_wkt'", record_field="''", cell_text='park_id', role="'profile'",
        column_name="'park_id'")]) }} as origin
from located
