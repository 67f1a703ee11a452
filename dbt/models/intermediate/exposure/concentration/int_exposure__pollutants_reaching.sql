-- What of each pollutant reaches the residents of the area through the air: the mean over people of what the modelled sources add where
-- they live (nothing where a place lies beyond all cut-offs), and the sites whose releases the model cannot place. Releases of unstated
-- medium only: the high end, as if all went to the air.
with

resident as (
    select place_id, people
    from {{ ref('int_exposure__places_united') }}
    where counts_residents and people > 0 and x_m is not null
),

total as (
    select {{ exact_sum('people') }} as people from resident
),

reached as (
    select
        modelled.pollutant_id,
        {{ exact_sum('coalesce(modelled.concentration, modelled.concentration_high) * resident.people * 1e9') }} / 1e9 as people_ug_m3
    from {{ ref('modelled_concentration') }} as modelled
    inner join resident on resident.place_id = modelled.place_id
    where modelled.medium = 'ambient_air'
    group by modelled.pollutant_id
),

site as (
    select
        rated.pollutant_id,
        rated.enterprise_id,
        bool_or(source.outlet_id is not null) as is_placed
    from {{ ref('int_exposure__air_emissions_rated') }} as rated
    left join {{ ref('int_exposure__air_sources_chosen') }} as source on source.outlet_id = rated.outlet_id
    where rated.emission_high_g_s > 0
    group by rated.pollutant_id, rated.enterprise_id
),

unplaced as (
    select
        pollutant_id,
        cast(sum(case when is_placed then 0 else 1 end) as integer) as sites_without_model
    from site
    group by pollutant_id
)

select
    coalesce(reached.pollutant_id, unplaced.pollutant_id) as pollutant_id,
    reached.people_ug_m3 / nullif(total.people, 0) as population_weighted_ug_m3,
    coalesce(unplaced.sites_without_model, 0) as sites_without_model
from reached
full outer join unplaced on unplaced.pollutant_id = reached.pollutant_id
cross join total
