-- Dose and risk of every place, group, pollutant, medium and route, by the equations of macros/risk.sql. People are placed as follows:
-- residents of all ages at sensitive places, cells and monitoring sites; pupils at schools; workers at workshops. Skin takes the
-- oral toxicity through the share that the gut takes up. The dose that a unit concentration gives is linear, and so is the risk up
-- to 0.01. Of a sum that is measured whole (arsenic of sea food) the part that the toxicity value means counts.
with

place_group as (
    select
        place.place_id,
        place.place_kind,
        people.population_group,
        people.toxicity_population
    from {{ ref('int_exposure__places_united') }} as place
    inner join {{ ref('risk_population') }} as people
        on
            (place.place_kind <> 'workshop' and people.population_group like 'resident_%')
            or (place.receptor_kind = 'school' and people.population_group = 'student')
            or (place.place_kind = 'workshop' and people.population_group = 'worker')
),

exposed as (
    select
        place_group.place_id,
        place_group.place_kind,
        place_group.population_group,
        level.pollutant_id,
        level.medium,
        dose.route,
        level.concentration,
        level.unit as concentration_unit,
        level.concentration_basis,
        level.concentration * coalesce(part.toxic_share, 1.0) * dose.daily as daily,
        level.concentration * coalesce(part.toxic_share, 1.0) * dose.lifetime as lifetime,
        dose.lifetime_adjusted / nullif(dose.lifetime, 0) as adaf,
        toxicity.adjusted_part,
        case
            when dose.route = 'dermal' then {{ dermal_slope_factor('toxicity.cancer_potency', 'skin.gi_absorption') }}
            else toxicity.cancer_potency
        end as cancer_potency,
        case
            when dose.route = 'dermal' then {{ dermal_reference_dose('toxicity.reference_value', 'skin.gi_absorption') }}
            else toxicity.reference_value
        end as reference_value,
        toxicity.target_organs,
        toxicity.cancer_value_id,
        toxicity.reference_value_id
    from {{ ref('int_exposure__levels_placed') }} as level
    inner join place_group on place_group.place_id = level.place_id
    inner join {{ ref('int_exposure__unit_doses_computed') }} as dose
        on
            dose.population_group = place_group.population_group
            and dose.medium = level.medium
            and coalesce(dose.pollutant_id, level.pollutant_id) = level.pollutant_id
    left join {{ ref('int_exposure__toxicity_values_chosen') }} as toxicity
        on
            toxicity.population = place_group.toxicity_population
            and toxicity.pollutant_id = level.pollutant_id
            and toxicity.route = case when dose.route = 'dermal' then 'oral' else dose.route end
    left join {{ ref('risk_toxic_share') }} as part
        on part.medium = level.medium and part.pollutant_id = level.pollutant_id and part.verified <> 'doubtful'
    left join {{ ref('dermal_parameter') }} as skin
        on skin.cas_no = level.pollutant_id and skin.abs_gi_verified <> 'doubtful'
    -- a volatile that the skin does not take up from soil has no dermal row
    where dose.daily > 0
)

select
    place_id,
    place_kind,
    population_group,
    pollutant_id,
    medium,
    route,
    concentration,
    concentration_unit,
    concentration_basis,
    case when route <> 'inhalation' then daily end as average_daily_dose_mg_kg_d,
    case when route <> 'inhalation' then lifetime end as lifetime_average_daily_dose_mg_kg_d,
    case when route = 'inhalation' then daily end as exposure_concentration_ug_m3,
    case when route = 'inhalation' then lifetime end as lifetime_exposure_concentration_ug_m3,
    {{ linear_risk('cancer_potency', 'lifetime') }} * {{ early_life_factor('adaf', 'adjusted_part') }} as linear_cancer_risk,
    {{ hazard_quotient('daily', 'reference_value') }} as hazard_quotient,
    target_organs,
    cancer_value_id,
    reference_value_id
from exposed
