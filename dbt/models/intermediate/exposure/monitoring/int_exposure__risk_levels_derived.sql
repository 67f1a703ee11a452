-- The concentration that matters for the health of residents, below which a non-detect says that the long-term risk is small: in
-- air the level of risk by the unit risk or the RfC, in water that of an adult who drinks it, the smaller of cancer and other
-- effects. Solids have none: their limits (GB 36600) are such levels themselves.
with

rule as (
    select
        max(case when parameter_id = 'screening.nondetect_risk' then value end) as cancer_risk,
        max(case when parameter_id = 'monitoring.water_intake_l_d' then value end) as intake_l_d,
        max(case when parameter_id = 'monitoring.body_weight_kg' then value end) as weight_kg
    from {{ ref('int_core__parameter_values_chosen') }}
),

air_level as (
    select
        toxicity.pollutant_id,
        min(case
            when toxicity.value_type = 'IUR' and toxicity.unit = '(ug/m3)-1' and toxicity.value > 0
                then rule.cancer_risk / toxicity.value
            when toxicity.use_class = 'chronic' and toxicity.unit = 'mg/m3' and toxicity.value > 0
                then toxicity.value * 1000
        end) as level_ug_m3
    from {{ ref('toxicity_value') }} as toxicity
    cross join rule
    where toxicity.route = 'inhalation' and {{ list_has('toxicity.chosen_for', "'resident'") }}
    group by toxicity.pollutant_id
),

water_level as (
    select
        toxicity.pollutant_id,
        min(case
            when toxicity.value_type = 'SF' and toxicity.unit = '(mg/(kg.d))-1' and toxicity.value > 0
                then rule.cancer_risk / toxicity.value
            when toxicity.use_class = 'chronic' and toxicity.unit = 'mg/(kg.d)' and toxicity.value > 0
                then toxicity.value
        end * rule.weight_kg / rule.intake_l_d * 1000) as level_ug_l
    from {{ ref('toxicity_value') }} as toxicity
    cross join rule
    where toxicity.route = 'oral' and {{ list_has('toxicity.chosen_for', "'resident'") }}
    group by toxicity.pollutant_id
)

select
    pollutant_id,
    'ug/m3' as unit,
    level_ug_m3 as level
from air_level
where level_ug_m3 is not null
union all
select
    pollutant_id,
    'ug/L' as unit,
    level_ug_l as level
from water_level
where level_ug_l is not null
