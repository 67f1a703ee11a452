{# What the newest manual samples of an enterprise's own sites say of the sampling, a row a site, nothing older than a year. Load: the
   lowest of the newest day of an outlet; a day whose report states none has no fact (a form without that column looks the same).
   Detection limits: of the substances that the newest sample did not detect the one whose limit of detection is largest against the
   limit that holds at the site; where all that was sampled last was detected the rule is not met. #}
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
),

sampling_day as (
    select
        site.enterprise_id,
        site.site_id,
        coalesce(site.name, sampled.site_id) as site_name,
        cast(sampled.sampled_at as date) as sampled_on,
        min(sampled.load_share) as load_share
    from {{ ref('stg_monitoring__samples') }} as sampled
    inner join {{ ref('dim_monitoring_site') }} as site on site.site_id = 'S:' || sampled.site_id
    cross join build
    where
        site.enterprise_id is not null and site.site_role = 'source' and site.medium in ('waste_gas', 'waste_water')
        and sampled.sampled_at >= build.as_of - 365 and sampled.sampled_at < build.as_of + 1
    group by site.enterprise_id, site.site_id, site.name, sampled.site_id, cast(sampled.sampled_at as date)
),

loaded as (
    select *
    from sampling_day
    qualify row_number() over (partition by site_id order by sampled_on desc nulls last) = 1
),

newest as (
    select
        site.enterprise_id,
        result.site_id,
        coalesce(site.name, substr(result.site_id, 3)) as site_name,
        result.pollutant_id,
        result.medium,
        result.sampled_at,
        result.is_nondetect
    from {{ ref('monitoring_result') }} as result
    inner join {{ ref('dim_monitoring_site') }} as site on site.site_id = result.site_id
    cross join build
    where
        site.enterprise_id is not null and coalesce(site.site_role, '') <> 'inlet'
        and result.source_kind = 'manual' and result.qc_level in ('A', 'B')
        and result.sampled_at >= build.as_of - 365 and result.sampled_at < build.as_of + 1
    qualify
        row_number() over (
            partition by result.site_id, result.pollutant_id
            order by result.sampled_at desc nulls last, result.result_id asc nulls last
        ) = 1
),

compared as (
    select
        site_id,
        pollutant_id,
        medium,
        sampled_at,
        max(nondetect_ratio) as ratio
    from {{ ref('int_exposure__results_compared') }}
    where nondetect_ratio is not null
    group by site_id, pollutant_id, medium, sampled_at
),

seen as (
    select
        newest.*,
        compared.ratio
    from newest
    left join compared
        on
            newest.is_nondetect and compared.site_id = newest.site_id and compared.pollutant_id = newest.pollutant_id
            and compared.medium = newest.medium and compared.sampled_at = newest.sampled_at
),

worst as (
    select
        seen.*,
        count(seen.ratio) over (partition by seen.site_id) as nondetect_count,
        bool_and(not seen.is_nondetect) over (partition by seen.site_id) as is_all_detected
    from seen
    qualify
        row_number() over (
            partition by seen.site_id
            order by seen.ratio desc nulls last, seen.sampled_at desc nulls last, seen.pollutant_id asc nulls last
        ) = 1
)

select
    enterprise_id,
    site_id as object,
    'load_at_sampling' as fact,
    load_share as value,
    cast(null as boolean) as is_true,
    site_name || {{ date_cn('sampled_on') }} || '采样时生产负荷' || {{ percent_text('load_share') }} || '%' as description,
    'core.dim_monitoring_site|' || site_id as evidence_key,
    sampled_on as newest_on
from loaded
where load_share is not null
union all
select
    worst.enterprise_id,
    worst.site_id as object,
    'lod_to_screening' as fact,
    worst.ratio as value,
    case when worst.is_all_detected then true end as is_true,
    worst.site_name || case
        when worst.is_all_detected then '最近一次采样的项目都已检出'
        else
            '最近一次未检出并有限值的' || {{ to_text('worst.nondetect_count') }} || '项中，'
            || coalesce(pollutant.name_cn, worst.pollutant_id) || '的检出限最高，为限值的' || {{ printed_number('worst.ratio', 3) }} || '倍'
    end as description,
    'exposure.monitoring_result|' || worst.site_id || '|' || worst.pollutant_id as evidence_key,
    cast(worst.sampled_at as date) as newest_on
from worst
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = worst.pollutant_id
where worst.ratio is not null or worst.is_all_detected
