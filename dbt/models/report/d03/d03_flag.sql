{# How many results of the assessment year carry each code of quality, and what their level became. #}
with

flag as (
    select
        {{ unnest_list('result.qc_codes') }} as code,
        result.qc_level
    from {{ ref('monitoring_result') }} as result
    inner join {{ ref('edition') }} as edition on result.period = {{ to_text('edition.assessment_year') }}
),

counted as (
    select
        code,
        cast(count(*) as integer) as result_count,
        cast(count(case when qc_level = 'A' then 1 end) as integer) as a_count,
        cast(count(case when qc_level = 'B' then 1 end) as integer) as b_count,
        cast(count(case when qc_level = 'C' then 1 end) as integer) as c_count
    from flag
    group by code
)

select
    cast(row_number() over (order by counted.result_count desc nulls last, counted.code asc nulls last) as integer) as row_no,
    counted.code,
    {{ code_word('counted.code', 'qc_code') }} as reason,
    counted.result_count,
    counted.a_count,
    counted.b_count,
    counted.c_count
from counted
