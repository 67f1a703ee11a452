{# Alarm levels on new results: those of the days before the as-of date that the parameter says, compared with every limit that holds;
   one row a site, substance and level, each result at the level that its largest ratio reaches. At a sensitive point the source that
   brings most. #}
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
),

parameter as (
    select max(case when parameter_id = 'network.alarm_days' then value end) as days
    from {{ ref('int_core__parameter_values_chosen') }}
),

reached as (
    select
        compared.site_id,
        compared.pollutant_id,
        compared.sampled_at,
        max(compared.ratio) as ratio,
        {{ value_at_max('compared.limit_id', 'compared.ratio') }} as limit_id
    from {{ ref('int_exposure__results_compared') }} as compared
    cross join build
    cross join parameter
    where
        compared.ratio is not null
        and compared.sampled_at > build.as_of - cast(parameter.days as integer) and compared.sampled_at < build.as_of + 1
    group by compared.site_id, compared.pollutant_id, compared.sampled_at
),

levelled as (
    select
        reached.site_id,
        reached.pollutant_id,
        rule.rule_id,
        cast(count(*) as integer) as result_count,
        min(reached.sampled_at) as first_at,
        max(reached.sampled_at) as last_at,
        max(reached.ratio) as max_ratio,
        min(reached.limit_id) as limit_id
    from reached
    inner join {{ ref('alarm_rule') }} as rule
        on reached.ratio > rule.above_ratio and coalesce(reached.ratio <= rule.up_to_ratio, true)
    where rule.verified <> 'doubtful'
    group by reached.site_id, reached.pollutant_id, rule.rule_id
),

contributor as (
    select
        site_id,
        pollutant_id,
        enterprise_id,
        share
    from {{ ref('int_exposure__site_shares_summed') }}
    where enterprise_id is not null
    qualify
        row_number() over (
            partition by site_id, pollutant_id order by share desc nulls last, enterprise_id asc nulls last
        ) = 1
)

select
    levelled.site_id,
    levelled.pollutant_id,
    levelled.rule_id,
    rule.level,
    levelled.result_count,
    levelled.first_at,
    levelled.last_at,
    levelled.max_ratio,
    levelled.limit_id,
    coalesce(site.enterprise_id, contributor.enterprise_id) as enterprise_id,
    case when site.enterprise_id is not null then cast(1 as double) else contributor.share end as enterprise_share,
    cast(levelled.last_at as date) + rule.response_days as respond_by,
    rule.response_cn as response
from levelled
inner join {{ ref('alarm_rule') }} as rule on rule.rule_id = levelled.rule_id
inner join {{ ref('dim_monitoring_site') }} as site on site.site_id = levelled.site_id
left join contributor on contributor.site_id = levelled.site_id and contributor.pollutant_id = levelled.pollutant_id
