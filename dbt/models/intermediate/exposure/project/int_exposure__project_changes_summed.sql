-- What a project changes at a place for a group, over its outlets and pollutants; what is not known is left out and counted. Residents of
-- all ages everywhere, pupils at schools.
with

level as (
    select
        project_id,
        place_id,
        pollutant_id,
        {{ exact_sum('increment_ug_m3 * 1e12') }} / 1e12 as increment_ug_m3,
        {{ exact_sum('replaced_ug_m3 * 1e12') }} / 1e12 as replaced_ug_m3,
        {{ exact_sum('reduction_ug_m3 * 1e12') }} / 1e12 as reduction_ug_m3
    from {{ ref('int_exposure__project_levels_computed') }}
    group by project_id, place_id, pollutant_id
),

place_group as (
    select place.place_id, people.population_group
    from {{ ref('int_exposure__project_places_chosen') }} as place
    inner join {{ ref('risk_population') }} as people
        on people.population_group like 'resident_%' or (place.receptor_kind = 'school' and people.population_group = 'student')
)

select
    level.project_id,
    level.place_id,
    place_group.population_group,
    {% for change in ['increment', 'replaced', 'reduction'] -%}
    {{ exact_sum('level.' ~ change ~ '_ug_m3 * unit_risk.cancer_risk * 1e15') }} / 1e15 as {{ change }}_cancer_risk,
    {{ exact_sum('level.' ~ change ~ '_ug_m3 * unit_risk.hazard_quotient * 1e12') }} / 1e12 as {{ change }}_hazard_index,
    {% endfor -%}
    cast(count(distinct level.pollutant_id) as integer) as pollutant_count,
    cast(count(distinct case when not coalesce(unit_risk.has_toxicity, false) then level.pollutant_id end) as integer)
        as unknown_toxicity_count
from level
inner join place_group on place_group.place_id = level.place_id
left join {{ ref('int_exposure__project_unit_risks_computed') }} as unit_risk
    on unit_risk.pollutant_id = level.pollutant_id and unit_risk.population_group = place_group.population_group
group by level.project_id, level.place_id, place_group.population_group
