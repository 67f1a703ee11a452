{# Actual releases against the permitted quantity of the year, above it or not: an outlet against its limit, a site (the sum of its outlets
   or its whole-site figure) against the whole-site limit. A permit limit is no emission: it is
   only compared here. `evidence_key`: the row that shows it. #}
with

outlet_limit as (
    select
        enterprise_id,
        outlet_id,
        medium,
        pollutant_id,
        year,
        permitted_t,
        emission_t,
        emission_low_t,
        {{ list_of(['outlet_id']) }} as outlet_ids,
        case when emission_t > permitted_t then 'inventory.permit_exceedance|' else 'inventory.emission|' end
        || {{ row_key(['enterprise_id', 'outlet_id', 'medium', 'pollutant_id', 'year'], 'released') }} as evidence_key
    from {{ ref('emission') }} as released
    where permitted_t is not null
),

site_outlets as (
    select
        enterprise_id,
        medium,
        pollutant_id,
        year,
        {{ list_agg_distinct('outlet_id') }} as outlet_ids
    from {{ ref('emission') }}
    group by enterprise_id, medium, pollutant_id, year
    -- where the site's own figure won, it stands above against the same limit
    having count(case when outlet_id like '%:site' then 1 end) = 0
),

{# a limit that does not say its medium stands for each medium that has none of its own #}
site_limit as (
    select
        permitted.enterprise_id,
        permitted.outlet_id,
        total.medium,
        permitted.pollutant_id,
        permitted.year,
        permitted.permitted_t,
        total.emission_t,
        total.emission_low_t,
        site_outlets.outlet_ids,
        case
            when total.emission_t > permitted.permitted_t
                then 'inventory.permit_exceedance|' || permitted.enterprise_id || '|' || permitted.outlet_id
            else 'inventory.emission_total|enterprise|' || permitted.enterprise_id
        end
        || '|' || {{ row_key(['medium', 'pollutant_id', 'year'], 'total') }} as evidence_key
    from {{ ref('permitted_emission') }} as permitted
    inner join
        {{ ref('emission_total') }} as total
        on
            total.scope_kind = 'enterprise'
            and total.scope_id = permitted.enterprise_id
            and total.pollutant_id = permitted.pollutant_id
            and total.year = permitted.year
            and permitted.medium in (total.medium, 'unspecified')
    inner join
        site_outlets
        on
            site_outlets.enterprise_id = permitted.enterprise_id
            and site_outlets.medium = total.medium
            and site_outlets.pollutant_id = permitted.pollutant_id
            and site_outlets.year = permitted.year
    where permitted.outlet_id = permitted.enterprise_id || ':site'
    qualify
        row_number() over (
            partition by permitted.enterprise_id, total.medium, permitted.pollutant_id, permitted.year
            order by case when permitted.medium = total.medium then 0 else 1 end asc nulls last
        ) = 1
)

select * from outlet_limit
union all
select * from site_limit
