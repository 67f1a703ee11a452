-- New results at a level of alarm, the worst first.
select
    cast(
        row_number() over (
            order by alarm.max_ratio desc nulls last, alarm.site_id asc nulls last, alarm.pollutant_id asc nulls last,
                alarm.rule_id asc nulls last
        ) as integer
    ) as row_no,
    alarm.site_id,
    alarm.pollutant_id,
    alarm.rule_id,
    coalesce(site.name, site.site_no) as site_name,
    site.medium,
    coalesce(substance.name_cn, alarm.pollutant_id) as pollutant,
    {{ code_word('alarm.level', 'alarm_level') }} as level,
    alarm.result_count,
    cast(alarm.last_at as date) as last_on,
    alarm.max_ratio,
    enterprise.name as enterprise_name,
    100 * alarm.enterprise_share as enterprise_pct,
    alarm.respond_by
from {{ ref('monitoring_alarm') }} as alarm
left join {{ ref('d05_site') }} as site on site.site_id = alarm.site_id
left join {{ ref('dim_pollutant') }} as substance on substance.pollutant_id = alarm.pollutant_id
left join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = alarm.enterprise_id
