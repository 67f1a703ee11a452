-- Share of leaks that a site repaired in time: of its lists of leak detection of the newest year (weighted by leaks, dated at the year's
-- end) and what a clerk stated in supervision/事实 the newer.
with

listed as (
    select
        matched.enterprise_id,
        leak.record_year,
        {{ exact_sum('leak.timely_repair_share * leak.leak_points') }} / sum(leak.leak_points) as value
    from {{ ref('stg_monitoring__leaks') }} as leak
    inner join {{ ref('int_inventory__named_records_matched') }} as matched
        on matched.raw_table = 'monitoring_leak' and matched._record_id = leak._record_id
    where leak.timely_repair_share is not null and leak.leak_points > 0
    group by matched.enterprise_id, leak.record_year
),

known as (
    select
        enterprise_id,
        value,
        cast({{ to_text('record_year') }} || '-12-31' as date) as dated_on
    from listed
    union all
    select
        enterprise_id,
        value,
        dated_on
    from {{ ref('int_risk_grade__facts_stated') }}
    where fact = 'ldar_repair_on_time' and value is not null
)

select
    enterprise_id,
    value
from known
qualify
    row_number() over (
        partition by enterprise_id
        order by
            dated_on desc nulls last,
            value asc nulls last
    ) = 1
