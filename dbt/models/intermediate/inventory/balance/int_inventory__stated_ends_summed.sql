-- The most that registers say a site gives off of a substance to air: of each outlet the upper end of a whole year's figure by the best
-- method that any register has for it, added up; of several by one method the largest. What was measured is not widened by a figure whose
-- method nobody states. Only of sites that state what leaves outside of stacks, too: without it the sum is of a part. A balance whose
-- meters leave more than that open is the coarser of the two.
with

stated as (
    select
        claim.enterprise_id,
        claim.pollutant_id,
        claim.year,
        claim.outlet_id,
        claim.outlet_kind,
        claim.emission_t * spread.high_factor as high_t,
        rank() over (
            partition by claim.enterprise_id, claim.pollutant_id, claim.year, claim.outlet_id
            order by case when claim.emission_t is null then 1 else 0 end asc nulls last, believed.tier asc nulls last
        ) as place
    from {{ ref('int_inventory__emission_claims_shared') }} as claim
    -- a method that its outlet cannot have counts as one not stated (as where claims win)
    inner join {{ ref('emission_method') }} as method on method.method = claim.method
    inner join {{ ref('emission_method') }} as believed
        on believed.method = case when method.not_of_outlet_kind = claim.outlet_kind then 'reported' else claim.method end
    inner join {{ ref('int_inventory__emission_grades_spread') }} as spread on spread.quality = believed.quality
    where
        claim.medium = 'air' and claim.is_complete and not claim.has_year_claim
        and claim.part not in ('slip', 'shared', 'covered') and claim.outlet_class <> 'site'
        and claim.source <> 'monitoring'  -- leaks are a part of what is fugitive
),

stated_end as (
    select
        enterprise_id,
        pollutant_id,
        year,
        outlet_id,
        max(high_t) as high_t,
        bool_or(outlet_kind = 'fugitive') as is_fugitive
    from stated
    where place = 1
    group by enterprise_id, pollutant_id, year, outlet_id
)

select
    enterprise_id,
    pollutant_id,
    cast(year as integer) as year,
    {{ exact_sum('high_t') }} as high_t
from stated_end
group by enterprise_id, pollutant_id, year
having bool_or(is_fugitive) and count(high_t) = count(*)
