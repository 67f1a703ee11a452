{# Substances that each site is asked to measure and how often. Of a source: those that make most of its load in the site's medium
   (three of red and orange ones, one of yellow ones), and what its permit limits from yellow on; of places without one source: those
   that drive the risk there through the site's own medium (the medium's own where the risk of all ways is driven through others, at a
   proposed site alone, for it has no scheme that goes on); of red and orange ones what is measured on line. The rule of the strictest
   grade counts; results raise or lower it by one step, but lower none at an enterprise's own sites, for its permit may ask for more. #}
with

load as (
    {{ loads_ranked(ref('int_risk_grade__releases_loaded')) }}
),

permitted as (
    select distinct emission.enterprise_id, emission.medium, emission.pollutant_id
    from {{ ref('emission') }} as emission
    inner join {{ ref('int_inventory__assessment_year_chosen') }} as build on build.assessment_year = emission.year
    where emission.permitted_t is not null
),

media as (
    select distinct
        medium,
        case
            when medium in ('ambient_air', 'fugitive', 'waste_gas') then 'air'
            when medium in ('surface_water', 'sea_water', 'waste_water') then 'water'
        end as release_medium
    from {{ ref('int_exposure__plan_sites_linked') }}
),

asked as (
    select link.site_id, link.medium, link.chain_role, link.grade, link.enterprise_id, load.pollutant_id, 'LOAD' as reason
    from {{ ref('int_exposure__plan_sites_linked') }} as link
    inner join media on media.medium = link.medium
    inner join load on load.enterprise_id = link.enterprise_id and load.medium = media.release_medium
    where load.place_no <= case when link.grade <= 2 then 3 when link.grade = 3 then 1 else 0 end
    union all
    select link.site_id, link.medium, link.chain_role, link.grade, link.enterprise_id, permitted.pollutant_id, 'PERMIT' as reason
    from {{ ref('int_exposure__plan_sites_linked') }} as link
    inner join media on media.medium = link.medium
    inner join permitted on permitted.enterprise_id = link.enterprise_id and permitted.medium = media.release_medium
    where link.grade >= 3 and link.chain_role = 'source'
    union all
    select link.site_id, link.medium, link.chain_role, link.grade, link.enterprise_id, driver.pollutant_id, 'RISK' as reason
    from {{ ref('int_exposure__plan_sites_linked') }} as link
    inner join {{ ref('int_exposure__plan_drivers_found') }} as driver
        on
            driver.medium = link.medium
            and ('N:' || driver.place_id = link.site_id or (driver.place_id = link.site_id and driver.is_overall))
    where link.enterprise_id is null
),

ruled as (
    select
        asked.*,
        rule.rule_id,
        rule.frequency,
        rule.samples_per_period,
        label.sort_no as frequency_order
    from asked
    inner join {{ ref('monitoring_frequency_rule') }} as rule
        on
            rule.grade = asked.grade and rule.medium = asked.medium and rule.chain_role = asked.chain_role
            and rule.frequency <> 'continuous' and rule.verified <> 'doubtful'
    inner join {{ ref('code_label') }} as label on label.code_set = 'frequency' and label.code = rule.frequency
    union all
    select
        online.site_id, online.medium, online.chain_role, online.grade, online.enterprise_id, online.pollutant_id,
        'ONLINE' as reason, online.rule_id, online.frequency, cast(null as integer) as samples_per_period,
        label.sort_no as frequency_order
    from {{ ref('int_exposure__plan_online_required') }} as online
    inner join {{ ref('code_label') }} as label on label.code_set = 'frequency' and label.code = online.frequency
),

strictest as (
    select *
    from ruled
    qualify
        row_number() over (
            partition by site_id, pollutant_id
            order by frequency_order asc nulls last, grade asc nulls last, rule_id asc nulls last, enterprise_id asc nulls last,
                reason asc nulls last
        ) = 1
),

stepped as (
    select
        strictest.*,
        case
            when strictest.frequency = 'continuous' then 0
            when judged.is_raised then -1
            when judged.is_lowered and strictest.chain_role not in ('source', 'boundary') then 1
            else 0
        end as step
    from strictest
    left join {{ ref('int_exposure__plan_results_judged') }} as judged
        on judged.site_id = strictest.site_id and judged.pollutant_id = strictest.pollutant_id
)

select
    stepped.site_id,
    stepped.medium,
    stepped.pollutant_id,
    stepped.chain_role,
    stepped.grade,
    stepped.enterprise_id,
    stepped.reason,
    stepped.rule_id,
    stepped.samples_per_period,
    coalesce(other.code, stepped.frequency) as frequency,
    other.code is not null and stepped.step = -1 as is_raised,
    other.code is not null and stepped.step = 1 as is_lowered
from stepped
left join {{ ref('code_label') }} as other
    on
        other.code_set = 'frequency' and other.code <> 'continuous' and stepped.step <> 0
        and other.sort_no = stepped.frequency_order + stepped.step
