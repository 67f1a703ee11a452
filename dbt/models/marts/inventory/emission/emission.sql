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

{# stages of an outlet add up: quality of the worst, name of the largest; their errors are independent, so the distances of the ends
   add in quadrature #}
winner as (
    select
        claim.*,
        claim.emission_t * spread.low_factor as emission_low_t,
        claim.emission_t * spread.high_factor as emission_high_t,
        row_number() over (
            partition by claim.enterprise_id, claim.outlet_id, claim.medium, claim.pollutant_id, claim.year
            order by claim.emission_t desc nulls last, claim.claim_id asc nulls last
        ) as place
    from {{ ref('emission_claim') }} as claim
    left join {{ ref('int_inventory__emission_grades_spread') }} as spread on spread.quality = claim.quality
    where claim.is_winner
),

summed as (
    select
        enterprise_id,
        outlet_id,
        medium,
        pollutant_id,
        year,
        {{ exact_sum('emission_t * 1e6') }} / 1e6 as emission_t,
        sqrt({{ exact_sum('(emission_t - emission_low_t) * (emission_t - emission_low_t)') }}) as below_t,
        sqrt({{ exact_sum('(emission_high_t - emission_t) * (emission_high_t - emission_t)') }}) as above_t,
        max(quality) as quality
    from winner
    group by enterprise_id, outlet_id, medium, pollutant_id, year
    having count(*) > 1
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
    coalesce(summed.emission_t, claim.emission_t) as emission_t,
    case
        when summed.emission_t is null then claim.emission_low_t
        else greatest(summed.emission_t - summed.below_t, 0)
    end as emission_low_t,
    coalesce(summed.emission_t + summed.above_t, claim.emission_high_t) as emission_high_t,
    claim.method,
    coalesce(summed.quality, claim.quality) as quality,
    coalesce(permitted.permitted_t, permitted_any.permitted_t) as permitted_t,
    claim_total.claim_count,
    claim.claim_id,
    claim.source,
    claim.rule,
    coalesce(summed.emission_t, claim.emission_t)
    / nullif(coalesce(permitted.permitted_t, permitted_any.permitted_t), 0) as permit_ratio
from winner as claim
left join
    summed
    on
        summed.enterprise_id = claim.enterprise_id
        and summed.outlet_id = claim.outlet_id
        and summed.medium = claim.medium
        and summed.pollutant_id = claim.pollutant_id
        and summed.year = claim.year
inner join
    claim_total
    on
        claim_total.enterprise_id = claim.enterprise_id
        and claim_total.outlet_id = claim.outlet_id
        and claim_total.medium = claim.medium
        and claim_total.pollutant_id = claim.pollutant_id
        and claim_total.year = claim.year
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
where claim.place = 1
