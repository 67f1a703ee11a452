-- Warnings of other platforms and the problem that each became, the newest first.
select
    cast(
        row_number() over (order by warning.warned_at desc nulls last, warning.warning_id asc nulls last) as integer
    ) as row_no,
    warning.warning_id,
    coalesce(enterprise.name, site.name, warning.site_id) as subject,
    cast(warning.warned_at as date) as warned_on,
    coalesce(substance.name_cn, warning.indicator) as indicator,
    warning.value,
    warning.limit_value,
    {{ printed_unit('warning.unit') }} as unit,
    warning.level,
    warning.handling,
    warning.problem_id,
    problem.found_at,
    {{ code_word('problem.status', 'problem_status') }} as problem_status,
    case
        when warning.problem_id is not null then '转为问题'
        when warning.enterprise_id is null then '不属于企业，按监测预警响应'
        else '未转为问题'
    end as outcome
from {{ ref('platform_warning') }} as warning
left join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = warning.enterprise_id
left join {{ ref('dim_monitoring_site') }} as site on site.site_id = warning.site_id
left join {{ ref('dim_pollutant') }} as substance on substance.pollutant_id = warning.indicator
left join {{ ref('problem') }} as problem on problem.problem_id = warning.problem_id
