-- Risks of people by area and group. Residents are counted where int_exposure__places_united counts them once (grid cells, else population
-- points); pupils at their schools, workers at their workshops. An area holds its places, whatever area names them. A place whose risk is
-- unknown counts in the people, not in the mean: its number is given.
with

child as (
    select person_share_of_under_15 from {{ ref('risk_population') }} where population_group = 'resident_child'
),

people as (
    select
        place.place_id,
        total.population_group,
        total.cancer_risk,
        total.hazard_index,
        case
            when total.population_group = 'resident_life' then place.people
            when total.population_group = 'resident_child' then place.people_under_15 * child.person_share_of_under_15
            when total.population_group = 'resident_adult'
                then place.people - place.people_under_15 * child.person_share_of_under_15
            else place.people
        end as people
    from {{ ref('int_exposure__places_united') }} as place
    inner join {{ ref('health_risk_total') }} as total on total.place_id = place.place_id
    cross join child
    where
        (place.counts_residents and total.population_group like 'resident_%')
        or (total.population_group = 'student' and place.place_kind = 'receptor')
        or (total.population_group = 'worker' and place.place_kind = 'workshop')
),

-- workshops are in no outline: their enterprise's area names them
area_of_place as (
    select place_id, area_id from {{ ref('int_core__places_contained') }}
    union
    select place_id, area_id from {{ ref('int_exposure__places_united') }} where place_kind = 'workshop' and area_id is not null
),

setting as (
    select
        max(case when parameter_id = 'risk.lifetime_years' then value end) as lifetime_a,
        max(case when parameter_id = 'risk.cancer_low' then value end) as cancer_low,
        max(case when parameter_id = 'risk.cancer_attention' then value end) as cancer_attention,
        max(case when parameter_id = 'risk.cancer_high' then value end) as cancer_high,
        max(case when parameter_id = 'risk.hazard_index_attention' then value end) as hazard_attention
    from {{ ref('int_core__parameter_values_chosen') }}
)

select
    area_of_place.area_id,
    people.population_group,
    {{ exact_sum('people.people') }} as population,
    {{ exact_sum('case when people.cancer_risk is null then people.people else 0 end') }} as population_cancer_unknown,
    {{ exact_sum('people.people * people.cancer_risk * 1e9') }} / 1e9
    / nullif({{ exact_sum('case when people.cancer_risk is not null then people.people end') }}, 0) as mean_cancer_risk,
    {{ exact_sum('people.people * people.cancer_risk * 1e9') }} / 1e9 / max(setting.lifetime_a) as excess_cases_per_year,
    {{ exact_sum('case when people.cancer_risk > setting.cancer_low then people.people else 0 end') }} as population_over_1e6,
    {{ exact_sum('case when people.cancer_risk > setting.cancer_attention then people.people else 0 end') }} as population_over_1e5,
    {{ exact_sum('case when people.cancer_risk > setting.cancer_high then people.people else 0 end') }} as population_over_1e4,
    {{ exact_sum('case when people.hazard_index > setting.hazard_attention then people.people else 0 end') }} as population_hi_over_1,
    cast(count(*) as integer) as place_count
from people
inner join area_of_place on area_of_place.place_id = people.place_id
cross join setting
where people.people > 0
group by area_of_place.area_id, people.population_group
