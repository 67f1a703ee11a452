{# Which claim counts. First inside an outlet and stage: complete years before partial ones, then the tier of the method, then the
   register, then the newer file, then the larger figure. Then the site as one: its outlets, its unnamed outlets or its whole-site
   figure, whichever is complete and of the better (worst-of-set) tier; outlets at a tie. #}
with

claim as (
    select
        claim.*,
        believed.tier,
        believed.quality as method_quality,
        case claim.source when 'permit' then 1 when 'census' then 2 when 'site_survey' then 3 else 4 end as source_rank,
        case
            when claim.year is null then 'YEAR-UNSTATED'
            when claim.part = 'shared' then 'SHARED-OUT'
            when claim.enterprise_id like '%-000' then 'HELD-LEGAL-ENTITY'
            when claim.part = 'slip' then 'UNIT-SLIP'
            when claim.has_year_claim or claim.part = 'covered' then 'PERIOD-COVERED'
            when claim.is_unit_unknown and claim.emission_t is null then 'UNIT-NOT-MASS'
            when claim.emission_t is null then 'VALUE-MISSING'
            when slip.claim_id is not null then 'UNIT-SLIP'
            when claim.part = 'metering' and count(case when claim.part <> 'metering' then claim.emission_t end) over site_pollutant > 0
                then 'BALANCE-METERING'
            when claim.outlet_kind = 'workshop'
                and bool_or(claim.outlet_kind = 'waste_water' and claim.emission_t is not null) over site_pollutant
                then 'WORKSHOP-UPSTREAM'
            -- a stage is one of the fugitive sources: a figure of all of them holds it
            when claim.stage is not null
                and bool_or(claim.stage is null and claim.outlet_kind = 'fugitive' and claim.emission_t is not null)
                    over site_pollutant
                then case claim.stage when 'leaks' then 'LEAKS-PART' else 'STAGE-PART' end
        end as barred_by
    from {{ ref('int_inventory__emission_claims_united') }} as claim
    -- a method that its outlet cannot have counts as one not stated
    inner join {{ ref('emission_method') }} as method on method.method = claim.method
    inner join {{ ref('emission_method') }} as believed
        on believed.method = case when method.not_of_outlet_kind = claim.outlet_kind then 'reported' else claim.method end
    left join {{ ref('int_inventory__unit_slips_found') }} as slip on slip.claim_id = claim.claim_id
    window site_pollutant as (partition by claim.enterprise_id, claim.medium, claim.pollutant_id, claim.year)
),

ranked as (
    select
        claim.*,
        row_number() over (
            partition by enterprise_id, outlet_id, stage, medium, pollutant_id, year
            order by
                case when barred_by is null then 0 else 1 end asc nulls last,
                case when is_complete then 0 else 1 end asc nulls last,
                tier asc nulls last,
                source_rank asc nulls last,
                file_no desc nulls last,
                emission_t desc nulls last,
                claim_id asc nulls last
        ) as place
    from claim
),

best as (
    select * from ranked
    where place = 1 and barred_by is null
),

{# ways to know a site: named outlets, unnamed outlets (each with the fugitive releases), the whole site #}
way as (
    select
        enterprise_id,
        medium,
        pollutant_id,
        year,
        bool_or(outlet_class = 'outlet') as has_outlets,
        bool_or(outlet_class = 'unknown') as has_unknown,
        bool_or(outlet_class = 'site') as has_site,
        max(case when outlet_class = 'outlet' and not is_complete then 100 else 0 end)
        + max(case when outlet_class = 'outlet' then tier end) as outlets_cost,
        max(case when outlet_class = 'unknown' and not is_complete then 100 else 0 end)
        + max(case when outlet_class = 'unknown' then tier end) as unknown_cost,
        max(case when outlet_class = 'site' and not is_complete then 100 else 0 end)
        + max(case when outlet_class = 'site' then tier end) as site_cost
    from best
    group by enterprise_id, medium, pollutant_id, year
),

chosen_way as (
    select
        way.*,
        case
            when has_site and site_cost < least(coalesce(outlets_cost, 999), coalesce(unknown_cost, 999)) then 'site'
            when has_outlets and outlets_cost <= coalesce(unknown_cost, 999) then 'outlet'
            when has_unknown then 'unknown'
        end as way
    from way
),

decided as (
    select
        ranked.*,
        winner.tier as winner_tier,
        coalesce(ranked.is_complete = winner.is_complete, true) as is_complete_as_winner,
        count(case when ranked.barred_by is null then 1 end) over (
            partition by ranked.enterprise_id, ranked.outlet_id, ranked.stage, ranked.medium, ranked.pollutant_id, ranked.year
        ) as eligible_count,
        chosen_way.way,
        case
            when chosen_way.way is null then true
            when ranked.outlet_class = 'fugitive' then chosen_way.way <> 'site'
            else ranked.outlet_class = chosen_way.way
        end as is_chosen_way
    from ranked
    left join best as winner
        on
            winner.enterprise_id = ranked.enterprise_id and winner.outlet_id = ranked.outlet_id
            and winner.stage is not distinct from ranked.stage
            and winner.medium = ranked.medium and winner.pollutant_id = ranked.pollutant_id and winner.year = ranked.year
    left join chosen_way
        on
            chosen_way.enterprise_id = ranked.enterprise_id and chosen_way.medium = ranked.medium
            and chosen_way.pollutant_id = ranked.pollutant_id and chosen_way.year = ranked.year
)

select
    claim_id,
    enterprise_id,
    outlet_id,
    stage,
    process_id,
    medium,
    pollutant_id,
    cast(year as integer) as year,
    source,
    method,
    emission_t,
    case when is_complete and part <> 'metering' then method_quality else 'E' end as quality,
    barred_by is null and place = 1 and is_chosen_way as is_winner,
    case
        when barred_by is not null then barred_by
        when not is_chosen_way and way = 'site' then 'SITE-TOTAL'
        when not is_chosen_way then 'OUTLET-SUM'
        when place = 1 and not is_complete then 'PARTIAL-YEAR'
        when place = 1 and stage = 'leaks' and way is null then 'LEAKS-ONLY'
        when eligible_count = 1 then 'ONLY-CLAIM'
        when not is_complete_as_winner then 'PARTIAL-YEAR'
        when place > 1 and tier = winner_tier then 'SOURCE-ORDER'
        else 'METHOD-TIER'
    end as rule,
    case period_part when 'parts' then 'sum' else period_part end as period_basis,
    case when period_part = 'year' then 12 else cast(month_count as integer) end as month_count,
    record_count,
    source_key,
    origin as _origin
from decided
