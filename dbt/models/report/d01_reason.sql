{# Words of the reason codes that the list prints, with how many rows carry each. #}
with

used as (
    select {{ unnest_list('reason_codes') }} as reason_code
    from {{ ref('risk_pollutant') }}
),

counted as (
    select
        reason_code,
        cast(count(*) as integer) as row_count
    from used
    group by reason_code
)

select
    cast(
        row_number() over (order by label.sort_no asc nulls last, counted.reason_code asc nulls last) as integer
    ) as row_no,
    counted.reason_code,
    coalesce(label.label_cn, counted.reason_code) as reason,
    counted.row_count,
    'inventory.risk_pollutant' as used_by
from counted
left join {{ ref('code_label') }} as label on label.code_set = 'screening_reason' and label.code = counted.reason_code
