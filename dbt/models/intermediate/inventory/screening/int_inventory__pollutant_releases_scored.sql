-- What the whole area releases of each pollutant to each medium, and the score of its bin: the highest bin of the medium whose
-- lower bound it reaches, 0 below the first. A medium that screening_bin has no bins for has no score. Above the toxicity weight
-- screening.potent_weight a release is binned by its toxicity-weighted mass (kg x weight / potent_weight), so that a gram of dioxins is
-- not nothing, without a jump at the bound. A medium that takes no weight has no path of its own: the larger one stands for it.
with

released as (
    select
        pollutant_id,
        medium,
        {{ exact_sum('emission_kg') }} as emission_kg
    from {{ ref('int_inventory__site_releases_weighted') }}
    group by pollutant_id, medium
),

potency as (
    select
        released.*,
        coalesce({{ weight_of_medium('medium', 'weight') }}, greatest(weight.inhalation_weight, weight.oral_weight))
        / parameter.value as times_potent
    from released
    inner join {{ ref('int_core__parameter_values_chosen') }} as parameter
        on parameter.parameter_id = 'screening.potent_weight'
    left join {{ ref('emission_medium') }} as medium on medium.medium = released.medium
    left join {{ ref('toxicity_weight') }} as weight on weight.pollutant_id = released.pollutant_id
),

binned as (
    select
        pollutant_id,
        medium,
        emission_kg,
        case when times_potent > 1 then emission_kg * times_potent else emission_kg end as binned_kg
    from potency
)

select
    binned.pollutant_id,
    binned.medium,
    binned.emission_kg,
    case
        when count(bin.score) > 0
            then coalesce(max(case when binned.binned_kg >= bin.lower_bound then bin.score end), 0)
    end as score
from binned
left join {{ ref('screening_bin') }} as bin on bin.criterion = 'release' and bin.medium = binned.medium
group by binned.pollutant_id, binned.medium, binned.emission_kg
