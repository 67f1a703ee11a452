{{ config(pre_hook=["{{ load_spatial() }}"]) }}

-- Every place that an exposure is computed for, with its coordinates in the metric system of the profile.
with projected as (
    select
        place.*,
        {{ to_metric(point_of('place.longitude', 'place.latitude'), 'fact.crs_metric') }} as point
    from {{ ref('int_exposure__places_gathered') }} as place
    cross join {{ ref('stg_geography__profile_facts') }} as fact
)

select
    place_id,
    place_kind,
    name,
    receptor_kind,
    site_medium,
    site_role,
    enterprise_id,
    area_id,
    longitude,
    latitude,
    {{ x_of('point') }} as x_m,
    {{ y_of('point') }} as y_m,
    people,
    people_under_15,
    people_15_64,
    people_65_up,
    counts_residents
from projected
