-- What each site releases of each substance in the assessed year by the stage of its process that it comes from: stacks are production;
-- outside of stacks the stage that the figure speaks of (storage, loading, flare, leaks … by formula), leaks where one figure states the
-- whole of it; waste water. Where a figure of the whole site counts (a mass balance, 全厂合计) and stages outside of stacks have figures of
-- their own, that much of it is theirs, scaled down where they are more than the whole; the rest is of an unknown stage. The rows of an
-- outlet add up to its `inventory.emission`.
with

claim as (
    select
        emission_claim.claim_id,
        emission_claim.enterprise_id,
        emission_claim.outlet_id,
        emission_claim.medium,
        emission_claim.pollutant_id,
        emission_claim.stage,
        coalesce(outlet.outlet_kind, 'unknown') as outlet_kind,
        emission_claim.is_winner,
        emission_claim.rule,
        emission_claim.quality,
        emission_claim.emission_t * 1000 as emission_kg
    from {{ ref('emission_claim') }} as emission_claim
    inner join {{ ref('int_inventory__assessment_year_chosen') }} as build on build.assessment_year = emission_claim.year
    left join {{ ref('dim_outlet') }} as outlet on outlet.outlet_id = emission_claim.outlet_id
    where emission_claim.emission_t > 0
),

-- the best claim of each stage that gave way to the whole of its site
stage_within as (
    select
        enterprise_id,
        medium,
        pollutant_id,
        stage,
        emission_kg
    from claim
    where rule = 'SITE-TOTAL' and outlet_kind = 'fugitive' and stage is not null
    qualify
        row_number() over (
            partition by enterprise_id, medium, pollutant_id, stage
            order by quality asc nulls last, emission_kg desc nulls last, claim_id asc nulls last
        ) = 1
),

stages_within as (
    select
        enterprise_id,
        medium,
        pollutant_id,
        {{ exact_sum('emission_kg') }} as emission_kg
    from stage_within
    group by enterprise_id, medium, pollutant_id
),

winner as (
    select
        claim.*,
        case when claim.outlet_kind = 'site' then coalesce(within.emission_kg, 0) else 0 end as within_kg
    from claim
    left join
        stages_within as within
        on
            within.enterprise_id = claim.enterprise_id
            and within.medium = claim.medium
            and within.pollutant_id = claim.pollutant_id
    where claim.is_winner
),

parted as (
    select
        claim_id,
        enterprise_id,
        outlet_id,
        medium,
        pollutant_id,
        stage,
        outlet_kind,
        emission_kg - within_kg as emission_kg
    from winner
    union all
    select
        winner.claim_id,
        winner.enterprise_id,
        winner.outlet_id,
        winner.medium,
        winner.pollutant_id,
        within.stage,
        'fugitive' as outlet_kind,
        within.emission_kg * least(1, winner.emission_kg / winner.within_kg) as emission_kg
    from winner
    inner join
        stage_within as within
        on
            within.enterprise_id = winner.enterprise_id
            and within.medium = winner.medium
            and within.pollutant_id = winner.pollutant_id
    where winner.within_kg > 0
)

select
    claim_id,
    enterprise_id,
    outlet_id,
    medium,
    pollutant_id,
    case
        when medium = 'water' then 'waste_water'
        when outlet_kind = 'fugitive' then coalesce(stage, 'leaks')
        when outlet_kind = 'stack' then 'production'
        else 'unknown'
    end as stage,
    outlet_kind,
    coalesce(medium <> 'water' and outlet_kind = 'fugitive', false) as is_fugitive,
    emission_kg
from parted
where emission_kg > 0
