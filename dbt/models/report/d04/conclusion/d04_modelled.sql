{# What the cancer risk of each sensitive place with modelled air is made of: the part of all enterprises together and that of the
   background of the air, of the whole of every medium and route. #}
with

breathed as (
    select
        risk.place_id,
        risk.cancer_risk,
        least(1.0, coalesce(modelled.background, 0) / risk.concentration) as background_share
    from {{ ref('health_risk') }} as risk
    inner join {{ ref('modelled_concentration') }} as modelled
        on
            modelled.place_id = risk.place_id
            and modelled.medium = risk.medium
            and modelled.pollutant_id = risk.pollutant_id
    inner join {{ ref('edition') }} as edition on edition.assessment_year = modelled.year
    where
        risk.place_kind = 'receptor'
        and risk.population_group = 'resident_life'
        and risk.medium = 'ambient_air'
        and risk.concentration_basis = 'modelled'
        and risk.concentration > 0
)

select
    breathed.place_id,
    100 * {{ exact_sum('breathed.cancer_risk * (1 - breathed.background_share) * 1e12') }} / 1e12 / nullif(max(total.cancer_risk), 0)
        as enterprise_pct,
    100 * {{ exact_sum('breathed.cancer_risk * breathed.background_share * 1e12') }} / 1e12 / nullif(max(total.cancer_risk), 0)
        as background_pct
from breathed
inner join {{ ref('health_risk_total') }} as total on total.place_id = breathed.place_id and total.population_group = 'resident_life'
group by breathed.place_id
