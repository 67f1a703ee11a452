-- Trend: released kg and toxicity-weighted kg of every year with emissions, by medium. All substances with a weight count, so
-- that the trend does not move with the list of risk pollutants; what lacks a weight is shown beside it. Groups and indicators
-- (VOCs, COD) are no quantity beside their members and stay out; a sum counts for what its stated members leave of it.
with

{# releases of which only some months or quarters are stated: they count as they are, not scaled #}
part_year as (
    select enterprise_id, medium, pollutant_id, year, count(*) as part_year_count
    from {{ ref('emission') }}
    where rule = 'PARTIAL-YEAR'
    group by enterprise_id, medium, pollutant_id, year
),

weighted as (
    select
        emission.year,
        emission.medium,
        emission.pollutant_id,
        emission.enterprise_id,
        emission.own_t * 1000 as emission_kg,
        coalesce(part_year.part_year_count, 0) as part_year_count,
        {{ weight_of_medium('medium', 'weight') }} as toxicity_weight
    from {{ ref('int_inventory__releases_netted') }} as emission
    inner join {{ ref('emission_medium') }} as medium on medium.medium = emission.medium and medium.toxicity_route <> 'none'
    inner join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = emission.pollutant_id
    left join {{ ref('toxicity_weight') }} as weight on weight.pollutant_id = emission.pollutant_id
    left join part_year
        on
            part_year.enterprise_id = emission.enterprise_id
            and part_year.medium = emission.medium
            and part_year.pollutant_id = emission.pollutant_id
            and part_year.year = emission.year
    where
        emission.enterprise_id not like '%-000'
        and not pollutant.is_group
)

select
    year,
    medium,
    cast(count(distinct case when emission_kg > 0 then enterprise_id end) as integer) as enterprise_count,
    cast(count(distinct case when emission_kg * toxicity_weight > 0 then pollutant_id end) as integer) as weighted_pollutant_count,
    {{ exact_sum('emission_kg') }} as emission_kg,
    {{ exact_sum('case when toxicity_weight is null then emission_kg end') }} as unweighted_kg,
    {{ exact_sum('emission_kg * toxicity_weight') }} as toxicity_weighted_kg,
    cast(sum(part_year_count) as integer) as partial_year_count,
    {{ exact_sum('case when part_year_count > 0 then emission_kg end') }} as partial_year_kg
from weighted
group by year, medium
