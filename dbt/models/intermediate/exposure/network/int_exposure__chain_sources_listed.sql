-- Red and orange sources, whose chain source - boundary - sensitive point must be monitored: where they stand, whether their load reaches
-- people by air, the outlet that brings most of it, the bodies of water it flows to.
with

load as (
    select
        enterprise_id,
        coalesce({{ exact_sum("case when medium = 'air' then weighted_kg end") }}, 0) as air_kg,
        coalesce({{ exact_sum("case when medium = 'water' then weighted_kg end") }}, 0) as water_kg
    from {{ ref('int_risk_grade__releases_loaded') }}
    group by enterprise_id
),

outlet as (
    select
        summed.enterprise_id,
        summed.outlet_id,
        summed.weighted_kg
    from {{ ref('int_risk_grade__outlet_loads_summed') }} as summed
    inner join load on load.enterprise_id = summed.enterprise_id
    where summed.medium = case when load.air_kg >= load.water_kg then 'air' else 'water' end
),

first_outlet as (
    select
        outlet.enterprise_id,
        outlet.outlet_id,
        place.longitude,
        place.latitude,
        case when place.outlet_kind in ('stack', 'waste_water', 'workshop') then 1 else 2 end as kind_order
    from outlet
    inner join {{ ref('dim_outlet') }} as place on place.outlet_id = outlet.outlet_id
    qualify
        row_number() over (
            partition by outlet.enterprise_id
            order by
                kind_order asc nulls last, outlet.weighted_kg desc nulls last, outlet.outlet_id asc nulls last
        ) = 1
)

select
    grade.enterprise_id,
    grade.grade,
    site.longitude,
    site.latitude,
    site.park_id,
    coalesce(load.air_kg, 0) >= coalesce(load.water_kg, 0) as is_by_air,
    first_outlet.outlet_id,
    first_outlet.longitude as outlet_longitude,
    first_outlet.latitude as outlet_latitude
from {{ ref('source_grade') }} as grade
inner join {{ ref('dim_enterprise') }} as site on site.enterprise_id = grade.enterprise_id
left join load on load.enterprise_id = grade.enterprise_id
left join first_outlet on first_outlet.enterprise_id = grade.enterprise_id
where grade.grade in (1, 2)
