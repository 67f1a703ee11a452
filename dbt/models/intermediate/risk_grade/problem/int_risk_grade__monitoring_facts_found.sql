-- Facts of monitoring that problem rules ask for: whether the chain of a red or orange source is complete, what share of what was due over
-- the last quarters an enterprise's own sites did, by how much a sensitive point is over a limit where one enterprise brings most of it.
with

parameter as (
    select max(case when parameter_id = 'grading.veto_share' then value end) as share
    from {{ ref('int_core__parameter_values_chosen') }}
),

done as (
    select
        site.enterprise_id,
        sum(completion.planned) as planned,
        sum(completion.late) as late
    from {{ ref('monitoring_completion') }} as completion
    inner join {{ ref('dim_monitoring_site') }} as site on site.site_id = completion.site_id
    where site.enterprise_id is not null
    group by site.enterprise_id
)

select distinct
    enterprise_id,
    'chain' as object,
    'chain_complete' as fact,
    cast(null as double) as value,
    is_complete as is_true,
    '缺少' || {{ code_words_only('missing_links', 'chain_role') }} || '环节的点位' as description,
    'exposure.monitoring_chain|' || enterprise_id as evidence_key
from {{ ref('monitoring_chain') }}
union all
select
    enterprise_id,
    'self_monitoring' as object,
    'monitoring_done_share' as fact,
    1 - cast(late as double) / planned as value,
    cast(null as boolean) as is_true,
    '近期应测 ' || {{ to_text('planned') }} || ' 次，逾期未测 ' || {{ to_text('late') }} || ' 次' as description,
    'exposure.monitoring_completion|' || enterprise_id as evidence_key
from done
where planned > 0
union all
select
    alarm.enterprise_id,
    alarm.site_id || '|' || alarm.pollutant_id as object,
    'sensitive_ratio_and_share' as fact,
    max(alarm.max_ratio) as value,
    cast(null as boolean) as is_true,
    min(coalesce(site.name, alarm.site_id)) || ' ' || min(coalesce(pollutant.name_cn, alarm.pollutant_id)) || ' 最大为限值的 '
    || {{ number_text('round_even(max(alarm.max_ratio), 3)') }} || ' 倍，本企业贡献 '
    || {{ number_text('round_even(100 * max(alarm.enterprise_share), 0)') }} || ' %' as description,
    'exposure.monitoring_alarm|' || alarm.site_id || '|' || alarm.pollutant_id as evidence_key
from {{ ref('monitoring_alarm') }} as alarm
inner join {{ ref('dim_monitoring_site') }} as site on site.site_id = alarm.site_id
inner join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = alarm.pollutant_id
cross join parameter
where site.enterprise_id is null and site.medium = 'ambient_air' and alarm.enterprise_share >= parameter.share
group by alarm.enterprise_id, alarm.site_id, alarm.pollutant_id
