-- Linear cancer risk and hazard quotient that 1 ug/m3 of a pollutant in the air gives a group: the equations of macros/risk.sql with the
-- doses and toxicity values of exposure.health_risk. Null where the toxicity is unknown. A sum whose members are named beside it
-- (NMHC, TVOC) is no substance and has none.
with

pollutant as (
    select distinct pollutant_id from {{ ref('int_exposure__project_releases_listed') }}
)

select
    people.population_group,
    pollutant.pollutant_id,
    dose.daily,
    dose.lifetime,
    toxicity.cancer_potency,
    toxicity.reference_value,
    {{ linear_risk('toxicity.cancer_potency', 'dose.lifetime') }}
    * {{ early_life_factor('dose.lifetime_adjusted / nullif(dose.lifetime, 0)', 'toxicity.adjusted_part') }} as cancer_risk,
    {{ hazard_quotient('dose.daily', 'toxicity.reference_value') }} as hazard_quotient,
    toxicity.cancer_potency is not null or toxicity.reference_value is not null as has_toxicity
from pollutant
inner join {{ ref('chemical') }} as substance
    on substance.pollutant_id = pollutant.pollutant_id and substance.pollutant_kind in ('substance', 'mixture', 'group')
cross join {{ ref('risk_population') }} as people
inner join {{ ref('int_exposure__unit_doses_computed') }} as dose
    on dose.population_group = people.population_group and dose.medium = 'ambient_air' and dose.route = 'inhalation'
left join {{ ref('int_exposure__toxicity_values_chosen') }} as toxicity
    on toxicity.population = people.toxicity_population
    and toxicity.pollutant_id = pollutant.pollutant_id
    and toxicity.route = 'inhalation'
