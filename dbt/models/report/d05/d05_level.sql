-- The levels of alarm, what follows each, and how often each was reached by new results.
with

reached as (
    select
        rule_id,
        cast(count(*) as integer) as alarm_count
    from {{ ref('monitoring_alarm') }}
    group by rule_id
)

select
    cast(row_number() over (order by level.above_ratio asc nulls last, level.rule_id asc nulls last) as integer) as row_no,
    level.rule_id,
    {{ code_word('level.level', 'alarm_level') }} as level,
    {{ regexp_replace_all('level.label_cn', '^.*：') }} as condition,
    level.response_cn as response,
    level.response_days,
    coalesce(reached.alarm_count, 0) as alarm_count
from {{ ref('alarm_level') }} as level
left join reached on reached.rule_id = level.rule_id
