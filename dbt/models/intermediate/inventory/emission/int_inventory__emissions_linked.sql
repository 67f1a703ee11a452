-- What each site releases of each substance in the assessed year by the stage of its process that it comes from: stacks are production;
-- outside of stacks the stage that the figure speaks of (storage, loading, flare, leaks … by formula), leaks where one figure states the
-- whole of it; waste water. The rows of an outlet add up to its `inventory.emission`.
select
    claim.claim_id,
    claim.enterprise_id,
    claim.outlet_id,
    claim.medium,
    claim.pollutant_id,
    case
        when claim.medium = 'water' then 'waste_water'
        when outlet.outlet_kind = 'fugitive' then coalesce(claim.stage, 'leaks')
        when outlet.outlet_kind = 'stack' then 'production'
        else 'unknown'
    end as stage,
    outlet.outlet_kind,
    coalesce(claim.medium <> 'water' and outlet.outlet_kind = 'fugitive', false) as is_fugitive,
    claim.emission_t * 1000 as emission_kg
from {{ ref('emission_claim') }} as claim
inner join {{ ref('int_inventory__assessment_year_chosen') }} as build on build.assessment_year = claim.year
left join {{ ref('dim_outlet') }} as outlet on outlet.outlet_id = claim.outlet_id
where claim.is_winner and claim.emission_t > 0
