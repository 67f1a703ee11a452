-- Each outlet of a project, or plot of a plan, and pollutant: what it would release, where it adds most, and what it adds to the people
-- around (lifelong residents, each person counted once).
with

released as (
    select
        project_id,
        min(project_kind) as project_kind,
        outlet_no,
        min(source_id) as source_id,
        pollutant_id,
        medium,
        min(outlet_kind) as outlet_kind,
        min(industry_name) as industry_name,
        {{ exact_sum('increment_t') }} as increment_t,
        {{ exact_sum('replaced_t') }} as replaced_t,
        {{ exact_sum('reduction_t') }} as reduction_t,
        {{ origin_collect('_origin') }} as _origin
    from {{ ref('int_exposure__project_releases_listed') }}
    where medium is not null
    group by project_id, outlet_no, pollutant_id, medium
),

level as (
    select level.*, place.place_kind, case when place.counts_residents then place.people end as people
    from {{ ref('int_exposure__project_levels_computed') }} as level
    inner join {{ ref('int_exposure__project_places_chosen') }} as place on place.place_id = level.place_id
),

most as (
    select *
    from level
    where place_kind = 'receptor'
    qualify row_number() over (
        partition by source_id, pollutant_id order by increment_ug_m3 desc nulls last, place_id asc nulls last
    ) = 1
),

people as (
    select
        source_id,
        pollutant_id,
        {{ exact_sum('people') }} as population,
        {{ exact_sum('increment_ug_m3 * people * 1e6') }} / 1e6 / nullif({{ exact_sum('people') }}, 0) as mean_increment_ug_m3
    from level
    where people > 0
    group by source_id, pollutant_id
)

select
    released.project_id,
    released.project_kind,
    released.outlet_no,
    released.outlet_kind,
    released.industry_name,
    released.pollutant_id,
    released.medium,
    released.increment_t,
    released.replaced_t,
    released.reduction_t,
    most.place_id as max_place_id,
    most.distance_m as max_place_distance_m,
    most.chi_over_q_s_m3,
    most.increment_ug_m3 as max_increment_ug_m3,
    unit_risk.daily as exposure_share,
    unit_risk.lifetime as lifetime_exposure_share,
    unit_risk.cancer_potency as unit_risk_per_ug_m3,
    unit_risk.reference_value as reference_ug_m3,
    most.increment_ug_m3 * unit_risk.cancer_risk as max_increment_cancer_risk,
    most.increment_ug_m3 * unit_risk.hazard_quotient as max_increment_hazard_quotient,
    people.population,
    people.mean_increment_ug_m3 * unit_risk.cancer_risk as mean_increment_cancer_risk,
    people.mean_increment_ug_m3 * unit_risk.hazard_quotient as mean_increment_hazard_quotient,
    released._origin
from released
left join most on most.source_id = released.source_id and most.pollutant_id = released.pollutant_id and released.medium = 'air'
left join people on people.source_id = released.source_id and people.pollutant_id = released.pollutant_id and released.medium = 'air'
left join {{ ref('int_exposure__project_unit_risks_computed') }} as unit_risk
    on unit_risk.pollutant_id = released.pollutant_id and unit_risk.population_group = 'resident_life' and released.medium = 'air'
