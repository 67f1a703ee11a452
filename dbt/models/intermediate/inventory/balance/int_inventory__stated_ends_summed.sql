-- The most that registers say a site gives off of a substance to air: of each outlet the largest upper end of a whole year's figure, added
-- up. Only of sites that state what leaves outside of stacks, too: without it the sum is of a part. A balance whose meters leave more
-- than that open is the coarser of the two.
with

stated_end as (
    select
        claim.enterprise_id,
        claim.pollutant_id,
        claim.year,
        claim.outlet_id,
        max(claim.emission_t * spread.high_factor) as high_t,
        bool_or(claim.outlet_kind = 'fugitive') as is_fugitive
    from {{ ref('int_inventory__emission_claims_shared') }} as claim
    inner join {{ ref('emission_method') }} as method on method.method = claim.method
    inner join {{ ref('int_inventory__emission_grades_spread') }} as spread on spread.quality = method.quality
    where
        claim.medium = 'air' and claim.is_complete and not claim.has_year_claim
        and claim.part not in ('slip', 'shared', 'covered') and claim.outlet_class <> 'site'
        and claim.source <> 'monitoring'  -- leaks are a part of what is fugitive
    group by claim.enterprise_id, claim.pollutant_id, claim.year, claim.outlet_id
)

select
    enterprise_id,
    pollutant_id,
    cast(year as integer) as year,
    {{ exact_sum('high_t') }} as high_t
from stated_end
group by enterprise_id, pollutant_id, year
having bool_or(is_fugitive) and count(high_t) = count(*)
