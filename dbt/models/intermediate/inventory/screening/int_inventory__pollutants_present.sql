-- Which pollutant each site emits, uses or may emit in the assessment year. A release stated as 0 is known and not present; a
-- release stated without a quantity is present with an unknown quantity. A permit alone is presence, never a quantity, whether it
-- limits the year or only names the substance. What is held on a legal entity ("-000") is somewhere at its sites: presence, of no
-- site and of no known quantity, until a decision shares it out.
with

build as (
    select assessment_year as year from {{ ref('int_inventory__assessment_year_chosen') }}
),

fact as (
    select
        release.enterprise_id,
        release.pollutant_id,
        release.emission_kg > 0 as is_emitted,
        false as is_used,
        false as is_permitted,
        false as has_unknown_quantity,
        cast(null as double) as use_t
    from {{ ref('int_inventory__site_releases_weighted') }} as release
    union all
    select
        claim.enterprise_id,
        claim.pollutant_id,
        true as is_emitted,
        false as is_used,
        false as is_permitted,
        true as has_unknown_quantity,
        cast(null as double) as use_t
    from {{ ref('emission_claim') }} as claim
    inner join build on build.year = claim.year
    left join {{ ref('int_inventory__site_releases_weighted') }} as release
        on
            release.enterprise_id = claim.enterprise_id
            and release.pollutant_id = claim.pollutant_id
            and release.medium = claim.medium
    where
        (claim.emission_t is null and release.enterprise_id is null)
        or (claim.rule = 'HELD-LEGAL-ENTITY' and claim.emission_t > 0)
    union all
    select
        chemical_use.enterprise_id,
        chemical_use.pollutant_id,
        false as is_emitted,
        true as is_used,
        false as is_permitted,
        false as has_unknown_quantity,
        case when chemical_use.enterprise_id not like '%-000' then chemical_use.quantity_t end as use_t
    from {{ ref('chemical_use') }} as chemical_use
    where chemical_use.is_counted and (chemical_use.quantity_t is null or chemical_use.quantity_t > 0)
    union all
    select
        permitted.enterprise_id,
        permitted.pollutant_id,
        false as is_emitted,
        false as is_used,
        true as is_permitted,
        false as has_unknown_quantity,
        cast(null as double) as use_t
    from {{ ref('permitted_emission') }} as permitted
    inner join build on build.year = permitted.year
    where permitted.permitted_t > 0
    union all
    select
        listed.enterprise_id,
        listed.pollutant_id,
        false as is_emitted,
        false as is_used,
        true as is_permitted,
        false as has_unknown_quantity,
        cast(null as double) as use_t
    from {{ ref('int_inventory__permit_lists_split') }} as listed
)

select
    enterprise_id,
    pollutant_id,
    bool_or(is_emitted) as is_emitted,
    bool_or(is_used) as is_used,
    bool_or(is_permitted) as is_permitted,
    bool_or(has_unknown_quantity) as has_unknown_quantity,
    {{ exact_sum('use_t') }} as use_t,
    enterprise_id like '%-000' as is_held
from fact
group by enterprise_id, pollutant_id
