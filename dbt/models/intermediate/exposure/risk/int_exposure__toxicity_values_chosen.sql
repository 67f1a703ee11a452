-- The toxicity values that risks of a population take, by pollutant and route, cancer and non-cancer side by side. The order is that
-- of core.toxicity_value.chosen_for; an authority that the profile ranks (toxicity.rank.<authority>) comes before it. Workers never
-- take a value that holds the early-life adjustment. adjusted_part: the part of a residents' cancer value that is still to take
-- ADAF: all of one without it, none of one with it, of trichloroethylene its kidney part (a row of the seed of its own).
with

ranked as (
    select
        replace(parameter_id, 'toxicity.rank.', '') as authority_code,
        value as authority_rank
    from {{ ref('int_core__parameter_values_chosen') }}
    where parameter_id like 'toxicity.rank.%' and value > 0
),

population as (
    select distinct toxicity_population as code from {{ ref('risk_population') }}
),

part as (
    select
        pollutant_id,
        route,
        max(value) as value
    from {{ ref('toxicity_value') }}
    where use_class = 'cancer' and critical_effect like '%the part of % to which ADAF applies%'
    group by pollutant_id, route
),

candidate as (
    select
        population.code as population,
        toxicity.*,
        case
            when toxicity.use_class = 'cancer' and toxicity.adaf_status = 'not_included' and population.code = 'resident'
                then least(1.0, coalesce(part.value / toxicity.value, 1.0))
            else 0.0
        end as adjusted_part,
        ranked.authority_rank
    from {{ ref('toxicity_value') }} as toxicity
    cross join population
    left join ranked on ranked.authority_code = replace(toxicity.authority, ' ', '_')
    left join part on part.pollutant_id = toxicity.pollutant_id and part.route = toxicity.route
    where
        toxicity.use_class in ('cancer', 'chronic')
        and toxicity.value > 0
        and toxicity.unit in ('(ug/m3)-1', '(mg/(kg.d))-1', 'mg/m3', 'mg/(kg.d)')
        and coalesce(toxicity.transfer_rule, '') <> 'read_across'
        and coalesce(toxicity.critical_effect, '') not like '%the part of % to which ADAF applies%'
        and ({{ list_has('toxicity.chosen_for', 'population.code') }} or ranked.authority_rank is not null)
        and not (population.code = 'worker' and coalesce(toxicity.adaf_status, '') = 'included')
),

chosen as (
    select *
    from candidate
    qualify row_number() over (
        partition by population, pollutant_id, route, use_class
        order by authority_rank asc nulls last, toxicity_value_id asc nulls last
    ) = 1
)

select
    population,
    pollutant_id,
    route,
    max(case when use_class = 'cancer' then value end) as cancer_potency,
    max(case when use_class = 'cancer' then adjusted_part end) as adjusted_part,
    max(case when use_class = 'cancer' then toxicity_value_id end) as cancer_value_id,
    -- an inhalation value stands in mg/m3, concentrations of air in ug/m3
    max(case when use_class = 'chronic' then value * case when unit = 'mg/m3' then 1000 else 1 end end) as reference_value,
    max(case when use_class = 'chronic' then {{ list_text('target_organs') }} end) as target_organs,
    max(case when use_class = 'chronic' then toxicity_value_id end) as reference_value_id
from chosen
group by population, pollutant_id, route
