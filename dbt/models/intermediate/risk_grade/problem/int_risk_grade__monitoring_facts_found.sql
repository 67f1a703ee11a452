-- Facts of monitoring that problem rules ask for: whether a red or orange source has the sites of its chain that it owes (source and
-- boundary; the sensitive place is the monitoring agency's), what share of what was due over the last quarters an enterprise's own sites
-- did, by how much a sensitive place is over the standard of ambient air, no reference limit, where one enterprise brings most of it.
-- `newest_on`: last day of the newest window that was missed, of the newest result over the standard; a chain has none.
with

parameter as (
    select max(case when parameter_id = 'grading.veto_share' then value end) as share
    from {{ ref('int_core__parameter_values_chosen') }}
),

done as (
    select
        site.enterprise_id,
        sum(completion.planned) as planned,
        sum(completion.late) as late,
        max(completion.last_late_on) as last_late_on
    from {{ ref('int_exposure__plan_completion_counted') }} as completion
    inner join {{ ref('dim_monitoring_site') }} as site on site.site_id = completion.site_id
    where site.enterprise_id is not null
    group by site.enterprise_id
),

owed as (
    select distinct
        chain.enterprise_id,
        {{ list_has('chain.missing_links', "'source'") }} as is_source_missing,
        {{ list_has('chain.missing_links', "'boundary'") }} as is_boundary_missing
    from {{ ref('monitoring_chain') }} as chain
)

select
    owed.enterprise_id,
    'chain' as object,
    'chain_complete' as fact,
    cast(null as double) as value,
    not owed.is_source_missing and not owed.is_boundary_missing as is_true,
    '缺少' || coalesce((
        select {{ listagg_text('label.label_cn', '、', 'label.sort_no') }}
        from {{ ref('code_label') }} as label
        where
            label.code_set = 'chain_role'
            and (
                (label.code = 'source' and owed.is_source_missing)
                or (label.code = 'boundary' and owed.is_boundary_missing)
            )
    ), '') || '环节的点位' as description,
    'exposure.monitoring_chain|' || owed.enterprise_id as evidence_key,
    cast(null as date) as newest_on
from owed
union all
select
    enterprise_id,
    'self_monitoring' as object,
    'monitoring_done_share' as fact,
    1 - cast(late as double) / planned as value,
    cast(null as boolean) as is_true,
    '近期应测' || {{ to_text('planned') }} || '次，逾期未测' || {{ to_text('late') }} || '次' as description,
    'exposure.monitoring_completion|' || enterprise_id as evidence_key,
    last_late_on as newest_on
from done
where planned > 0
union all
select
    alarm.enterprise_id,
    alarm.site_id || '|' || alarm.pollutant_id as object,
    'sensitive_ratio_and_share' as fact,
    max(alarm.max_ratio) as value,
    cast(null as boolean) as is_true,
    min(coalesce(site.name, alarm.site_id)) || '的' || min(coalesce(pollutant.name_cn, alarm.pollutant_id)) || '最大为限值的'
    || {{ number_text('round_even(max(alarm.max_ratio), 3)') }} || '倍，本企业贡献'
    || {{ number_text('round_even(100 * max(alarm.enterprise_share), 0)') }} || '%' as description,
    'exposure.monitoring_alarm|' || alarm.site_id || '|' || alarm.pollutant_id as evidence_key,
    cast(max(alarm.last_at) as date) as newest_on
from {{ ref('monitoring_alarm') }} as alarm
inner join {{ ref('dim_monitoring_site') }} as site on site.site_id = alarm.site_id
inner join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = alarm.pollutant_id
inner join {{ ref('environmental_limit') }} as standard on standard.limit_id = alarm.limit_id
cross join parameter
where
    site.enterprise_id is null and site.medium = 'ambient_air' and site.site_role = 'sensitive'
    and {{ binds_at_sensitive_place('standard.standard_code') }} and alarm.enterprise_share >= parameter.share
group by alarm.enterprise_id, alarm.site_id, alarm.pollutant_id
