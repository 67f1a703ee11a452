-- Hazard index of each organ: the hazard quotients of the substances whose reference value on that route acts on it, over all routes
-- and media. Bounds are left out.
with

acting as (
    select
        place_id,
        population_group,
        hazard_quotient,
        {{ unnest_list('target_organs') }} as organ
    from {{ ref('health_risk') }}
    where hazard_quotient is not null and not is_bounding
),

index_of_organ as (
    select
        place_id,
        population_group,
        organ,
        {{ exact_sum('hazard_quotient * 1e9') }} / 1e9 as hazard_index
    from acting
    group by place_id, population_group, organ
)

select
    index_of_organ.place_id,
    index_of_organ.population_group,
    index_of_organ.organ,
    index_of_organ.hazard_index,
    drawn.p05 as hazard_index_p05,
    drawn.p50 as hazard_index_p50,
    drawn.p95 as hazard_index_p95
from index_of_organ
left join {{ ref('int_exposure__risks_drawn') }} as drawn
    on
        drawn.subject = 'organ'
        and drawn.place_id = index_of_organ.place_id
        and drawn.population_group = index_of_organ.population_group
        and drawn.organ = index_of_organ.organ
