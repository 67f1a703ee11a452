-- The enterprise that brings most of the risk of a place and group, and its share of it. Cancer risk and hazard quotients are put on one
-- scale as multiples of the levels from which they need attention. Only modelled levels tell their sources; the share is of the whole.
with

level as (
    select
        max(case when parameter_id = 'risk.cancer_attention' then value end) as cancer,
        max(case when parameter_id = 'risk.hazard_index_attention' then value end) as hazard
    from {{ ref('int_core__parameter_values_chosen') }}
),

burden as (
    select
        risk.place_id,
        risk.population_group,
        risk.pollutant_id,
        risk.medium,
        risk.concentration_basis,
        risk.concentration,
        coalesce(risk.linear_cancer_risk, 0) / level.cancer + coalesce(risk.hazard_quotient, 0) / level.hazard as burden
    from {{ ref('int_exposure__risks_computed') }} as risk
    cross join level
    where risk.concentration_basis <> 'bounding'
),

whole as (
    select place_id, population_group, {{ exact_sum('burden * 1e6') }} / 1e6 as burden
    from burden
    group by place_id, population_group
),

of_enterprise as (
    select
        burden.place_id,
        burden.population_group,
        contribution.enterprise_id,
        {{ exact_sum('burden.burden * contribution.concentration / burden.concentration * 1e6') }} / 1e6 as burden
    from burden
    inner join {{ ref('int_exposure__level_sources_gathered') }} as contribution
        on
            contribution.place_id = burden.place_id
            and contribution.medium = burden.medium
            and contribution.pollutant_id = burden.pollutant_id
    where burden.concentration_basis = 'modelled' and burden.burden > 0
    group by burden.place_id, burden.population_group, contribution.enterprise_id
)

select
    of_enterprise.place_id,
    of_enterprise.population_group,
    of_enterprise.enterprise_id,
    least(1.0, of_enterprise.burden / whole.burden) as share
from of_enterprise
inner join whole
    on whole.place_id = of_enterprise.place_id and whole.population_group = of_enterprise.population_group
qualify row_number() over (
    partition by of_enterprise.place_id, of_enterprise.population_group
    order by of_enterprise.burden desc nulls last, of_enterprise.enterprise_id asc nulls last
) = 1
