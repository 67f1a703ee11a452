{# Exceedances of enterprises' own sites in the last 90 days as facts: hours over a limit in waste gas, values over one in waste water,
   the largest ratio at the fence, and hours and days of all media for the code; `newest_on` is the last day over. The words name the
   substance that was furthest above its limit, how far and when, so that the enterprise can look it up. A site without a valid value in
   that time has no fact;
   values of no use (quality level C) count neither way. A value that states no hours counts as one. #}
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
),

measured as (
    select
        site.enterprise_id,
        site.site_id,
        coalesce(site.name, outlet.outlet_name, site.site_id) as site_name,
        case
            when site.site_role = 'boundary' then 'fence'
            when site.medium in ('waste_gas', 'waste_water') then site.medium
        end as kind
    from {{ ref('monitoring_result') }} as result
    inner join {{ ref('dim_monitoring_site') }} as site on site.site_id = result.site_id
    left join {{ ref('dim_outlet') }} as outlet on outlet.outlet_id = site.outlet_id
    cross join build
    where
        site.enterprise_id is not null
        and result.qc_level in ('A', 'B')
        and result.sampled_at >= build.as_of - 90
        and result.sampled_at < build.as_of + 1
    group by site.enterprise_id, site.site_id, site.name, outlet.outlet_name, site.medium, site.site_role
),

exceeded as (
    select
        exceedance.site_id,
        {{ exact_sum('coalesce(exceedance.hours, exceedance.value_count)') }} as hours,
        cast(sum(exceedance.value_count) as double) as values_over,
        max(exceedance.max_ratio) as max_ratio,
        max(cast(greatest(exceedance.started_at, {{ hours_after('exceedance.ended_at', -1) }}) as date)) as newest_on
    from {{ ref('exceedance') }} as exceedance
    cross join build
    where
        exceedance.qc_level in ('A', 'B')
        and exceedance.started_at >= build.as_of - 90
        and exceedance.started_at < build.as_of + 1
    group by exceedance.site_id
),

worst as (
    select
        exceedance.site_id,
        coalesce(pollutant.name_cn, exceedance.pollutant_id) as substance,
        '最高为限值的' || {{ printed_number('exceedance.max_ratio', 3) }} || '倍' as how_far,
        '，' || {{ date_cn('exceedance.started_at') }} as day_cn
    from {{ ref('exceedance') }} as exceedance
    cross join build
    left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = exceedance.pollutant_id
    where
        exceedance.qc_level in ('A', 'B')
        and exceedance.started_at >= build.as_of - 90
        and exceedance.started_at < build.as_of + 1
    qualify
        row_number() over (
            partition by exceedance.site_id
            order by
                exceedance.max_ratio desc nulls last, exceedance.started_at desc nulls last,
                exceedance.pollutant_id asc nulls last, exceedance.limit_id asc nulls last
        ) = 1
),

site as (
    select
        measured.enterprise_id,
        measured.site_id,
        measured.site_name,
        measured.kind,
        coalesce(exceeded.hours, 0) as hours,
        coalesce(exceeded.values_over, 0) as values_over,
        coalesce(exceeded.max_ratio, 0) as max_ratio,
        coalesce(
            '（' || worst.substance || case when measured.kind = 'fence' then '' else worst.how_far end || worst.day_cn || '）', ''
        ) as worst_words,
        exceeded.newest_on
    from measured
    left join exceeded on exceeded.site_id = measured.site_id
    left join worst on worst.site_id = measured.site_id
    where measured.kind is not null
),

episode as (
    select
        site.enterprise_id,
        cast(exceedance.started_at as date) as first_day,
        cast(greatest(exceedance.started_at, {{ hours_after('exceedance.ended_at', -1) }}) as date) as last_day
    from {{ ref('exceedance') }} as exceedance
    inner join site on site.site_id = exceedance.site_id
    cross join build
    where
        exceedance.qc_level in ('A', 'B')
        and exceedance.started_at >= build.as_of - 90
        and exceedance.started_at < build.as_of + 1
),

-- An episode of a day and a night has two days at most; a longer one has the hours of its rule anyway.
day_over as (
    select enterprise_id, first_day as day_at from episode
    union
    select enterprise_id, last_day as day_at from episode
)

select
    enterprise_id,
    site_id as object,
    case kind when 'waste_gas' then 'stack_exceed_hours' when 'waste_water' then 'water_exceed' else 'fence_ratio' end as fact,
    case kind when 'waste_gas' then hours when 'waste_water' then values_over else max_ratio end as value,
    site_name || '近90日' || case kind
        when 'waste_gas' then '超标' || {{ number_text('hours') }} || '小时'
        when 'waste_water' then '超标' || {{ number_text('values_over') }} || '次'
        else '最大浓度为限值的' || {{ number_text('round_even(max_ratio, 3)') }} || '倍'
    end || worst_words as description,
    'core.dim_monitoring_site|' || site_id as evidence_key,
    newest_on
from site
union all
select
    enterprise_id,
    'site' as object,
    'exceed_90d_hours' as fact,
    {{ exact_sum('hours') }} as value,
    cast(null as {{ type_string() }}) as description,
    'core.dim_enterprise|' || enterprise_id as evidence_key,
    max(newest_on) as newest_on
from site
group by enterprise_id
union all
select
    site.enterprise_id,
    'site' as object,
    'exceed_90d_days' as fact,
    cast(count(distinct day_over.day_at) as double) as value,
    cast(null as {{ type_string() }}) as description,
    'core.dim_enterprise|' || site.enterprise_id as evidence_key,
    max(day_over.day_at) as newest_on
from site
left join day_over on day_over.enterprise_id = site.enterprise_id
group by site.enterprise_id
