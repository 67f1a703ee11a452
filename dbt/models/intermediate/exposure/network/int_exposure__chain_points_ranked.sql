{# Where people can be shown what a red or orange source brings them by air: existing sites at sensitive points, sensitive places and
   inhabited cells within the reach, with direction against the two sectors that the wind mostly blows to. The most people × level
   first; without a wind rose the direction is unknown. #}
with

parameter as (
    select
        max(case when parameter_id = 'network.chain_m' then value end) as chain_m,
        max(case when parameter_id = 'network.downwind_half_angle_deg' then value end) as half_angle_deg
    from {{ ref('int_core__parameter_values_chosen') }}
),

wind as (
    select sector * 22.5 + 180 as blows_to_deg
    from {{ ref('wind_rose') }}
    qualify row_number() over (order by share desc nulls last, sector asc nulls last) <= 2
),

point as (
    select
        place.place_id,
        case
            when place.place_kind = 'site' then 'site'
            when place.place_kind = 'receptor' then 'sensitive'
            else 'cell'
        end as kind,
        place.longitude,
        place.latitude,
        place.x_m,
        place.y_m,
        place.people
    from {{ ref('int_exposure__places_united') }} as place
    left join {{ ref('dim_monitoring_site') }} as site on site.site_id = place.place_id
    where
        place.longitude is not null and place.latitude is not null
        and (
            place.place_kind = 'receptor'
            or (place.place_kind = 'cell' and place.people > 0)
            or (site.medium = 'ambient_air' and site.site_role = 'sensitive' and coalesce(site.is_active, true))
        )
),

apart as (
    select
        source.enterprise_id,
        point.place_id,
        point.kind,
        point.x_m,
        point.y_m,
        point.people,
        (point.longitude - source.longitude) * cos(radians(source.latitude)) * 111320 as east_m,
        (point.latitude - source.latitude) * 110574 as north_m
    from {{ ref('int_exposure__chain_sources_listed') }} as source
    cross join point
    where source.is_by_air and source.longitude is not null and source.latitude is not null
),

placed as (
    select
        apart.*,
        sqrt(east_m * east_m + north_m * north_m) as distance_m,
        degrees(atan2(east_m, north_m)) as bearing_deg
    from apart
),

faced as (
    select
        placed.enterprise_id,
        placed.place_id,
        min(abs(placed.bearing_deg - wind.blows_to_deg - 360 * round((placed.bearing_deg - wind.blows_to_deg) / 360))) as angle_deg
    from placed
    cross join wind
    group by placed.enterprise_id, placed.place_id
),

within as (
    select
        placed.enterprise_id,
        placed.place_id,
        placed.kind,
        placed.x_m,
        placed.y_m,
        placed.distance_m,
        faced.angle_deg <= parameter.half_angle_deg as is_downwind,
        case when faced.angle_deg <= parameter.half_angle_deg then 1 else 2 end as wind_order,
        case placed.kind when 'sensitive' then 1 else 2 end as kind_order,
        coalesce(placed.people, 1) * coalesce(level.level, 0) as people_level
    from placed
    cross join parameter
    left join faced on faced.enterprise_id = placed.enterprise_id and faced.place_id = placed.place_id
    left join {{ ref('int_exposure__network_levels_summed') }} as level
        on level.enterprise_id = placed.enterprise_id and level.place_id = placed.place_id
    where placed.distance_m <= parameter.chain_m
)

select
    enterprise_id,
    place_id,
    kind,
    x_m,
    y_m,
    distance_m,
    is_downwind,
    row_number() over (
        partition by enterprise_id, kind = 'site'
        order by
            wind_order asc nulls last, kind_order asc nulls last, people_level desc nulls last, distance_m asc nulls last,
            place_id asc nulls last
    ) as place_no
from within
