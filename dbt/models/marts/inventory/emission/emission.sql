with

claim_total as (
    select
        enterprise_id,
        outlet_id,
        medium,
        pollutant_id,
        year,
        cast(count(*) as integer) as claim_count
    from {{ ref('emission_claim') }}
    group by enterprise_id, outlet_id, medium, pollutant_id, year
),

{# a limit that does not say its medium stands for the only medium of its outlet #}
permitted as (
    select
        enterprise_id,
        outlet_id,
        pollutant_id,
        year,
        medium,
        permitted_t
    from {{ ref('permitted_emission') }}
)

select
    claim.enterprise_id,
    claim.outlet_id,
    claim.medium,
    claim.pollutant_id,
    claim.year,
    claim.emission_t,
    claim.emission_t * spread.low_factor as emission_low_t,
    claim.emission_t * spread.high_factor as emission_high_t,
    claim.method,
    claim.quality,
    coalesce(permitted.permitted_t, permitted_any.permitted_t) as permitted_t,
    claim_total.claim_count,
    claim.claim_id,
    claim.source,
    claim.rule,
    claim.emission_t / nullif(coalesce(permitted.permitted_t, permitted_any.permitted_t), 0) as permit_ratio
from {{ ref('emission_claim') }} as claim
inner join
    claim_total
    on
        claim_total.enterprise_id = claim.enterprise_id
        and claim_total.outlet_id = claim.outlet_id
        and claim_total.medium = claim.medium
        and claim_total.pollutant_id = claim.pollutant_id
        and claim_total.year = claim.year
left join
    {{ ref('int_inventory__emission_grades_spread') }} as spread
    on spread.quality = claim.quality
left join
    permitted
    on
        permitted.enterprise_id = claim.enterprise_id
        and permitted.outlet_id = claim.outlet_id
        and permitted.medium = claim.medium
        and permitted.pollutant_id = claim.pollutant_id
        and permitted.year = claim.year
left join
    permitted as permitted_any
    on
        permitted_any.enterprise_id = claim.enterprise_id
        and permitted_any.outlet_id = claim.outlet_id
        and permitted_any.medium = 'unspecified'
        and permitted_any.pollutant_id = claim.pollutant_id
        and permitted_any.year = claim.year
where claim.is_winner
