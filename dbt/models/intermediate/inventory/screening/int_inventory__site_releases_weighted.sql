-- What each site releases of each pollutant to each medium in the assessment year (winners only), weighted by toxicity and by
-- the people that it reaches: those within 3 km, of water those of the receiving body, who are unknown. Seed emission_medium says
-- whose weight a medium takes and whom it reaches. Groups of substances get no weight, so VOCs and
-- benzene never count twice; of a sum only what its stated members leave (own_share) is weighted, so xylenes and o-xylene count
-- once. Unknown is null.
with

released as (
    select
        emission.enterprise_id,
        emission.pollutant_id,
        emission.medium,
        {{ exact_sum('emission.emission_t * 1000') }} as emission_kg,
        coalesce({{ exact_sum("case when emission.quality in ('A', 'B') then emission.emission_t * 1000 end") }}, 0)
            as measured_kg
    from {{ ref('emission') }} as emission
    inner join {{ ref('int_inventory__assessment_year_chosen') }} as build on build.assessment_year = emission.year
    where emission.enterprise_id not like '%-000' and emission.emission_t >= 0
    group by emission.enterprise_id, emission.pollutant_id, emission.medium
)

select
    released.*,
    total.emission_low_t * 1000 as low_kg,
    total.emission_high_t * 1000 as high_kg,
    total.leading_error_group,
    total.leading_error_share,
    {{ weight_of_medium('medium', 'weight') }} as toxicity_weight,
    coalesce(medium.toxicity_route <> 'none', false) as is_weighted_medium,
    netted.own_share,
    case when medium.people_reached = 'nearby' then surroundings.population_within_3km end as people_reached,
    coalesce(medium.people_reached = 'receiving_body', false) as reaches_receiving_body,
    case medium.toxicity_route
        when 'inhalation' then weight.inhalation_is_borrowed
        when 'oral' then weight.oral_is_borrowed
        else weight.inhalation_is_borrowed or weight.oral_is_borrowed
    end as is_weight_borrowed,
    -- a weight neither from memory, nor lent by the other route or by a parent
    not weight.has_value_from_memory and not weight.has_transferred_value and not case medium.toxicity_route
        when 'inhalation' then weight.inhalation_is_borrowed
        when 'oral' then weight.oral_is_borrowed
        else weight.inhalation_is_borrowed or weight.oral_is_borrowed
    end as is_weight_sure,
    released.emission_kg * netted.own_share * {{ weight_of_medium('medium', 'weight') }} as weighted_kg
from released
cross join {{ ref('int_inventory__assessment_year_chosen') }} as build
inner join {{ ref('int_inventory__releases_netted') }} as netted
    on
        netted.enterprise_id = released.enterprise_id
        and netted.medium = released.medium
        and netted.pollutant_id = released.pollutant_id
        and netted.year = build.assessment_year
{# the interval of a sum is not the sum of its rows' ends #}
left join {{ ref('int_inventory__emissions_totalled') }} as total
    on
        total.scope_kind = 'enterprise'
        and total.scope_id = released.enterprise_id
        and total.medium = released.medium
        and total.pollutant_id = released.pollutant_id
        and total.year = build.assessment_year
inner join {{ ref('dim_pollutant') }} as pollutant
    on pollutant.pollutant_id = released.pollutant_id
left join {{ ref('emission_medium') }} as medium on medium.medium = released.medium
left join {{ ref('toxicity_weight') }} as weight
    on weight.pollutant_id = released.pollutant_id and not pollutant.is_group
left join {{ ref('int_inventory__site_surroundings_measured') }} as surroundings
    on surroundings.enterprise_id = released.enterprise_id
