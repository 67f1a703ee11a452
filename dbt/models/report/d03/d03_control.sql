{# Controls of the laboratories by medium: how many, how many failed, and pairs about which nothing can be said. Those of reports of other
   years are left out; detection limits are of methods and have no year. #}
with

checked as (
    select
        coalesce(control.medium, '') as medium,
        control.qc_kind,
        control.passed
    from {{ ref('quality_control') }} as control
    inner join {{ ref('edition') }} as edition
        on control.period is null or substr(control.period, 1, 4) = {{ to_text('edition.assessment_year') }}
    where control.qc_kind <> 'capture'
),

counted as (
    select
        medium,
        cast(count(case when qc_kind = 'parallel' then 1 end) as integer) as parallel_count,
        cast(count(case when qc_kind = 'parallel' and not passed then 1 end) as integer) as parallel_failed,
        cast(count(case when qc_kind = 'parallel' and passed is null then 1 end) as integer) as parallel_open,
        cast(count(case when qc_kind = 'blank' then 1 end) as integer) as blank_count,
        cast(count(case when qc_kind = 'blank' and not passed then 1 end) as integer) as blank_failed,
        cast(count(case when qc_kind = 'spike' then 1 end) as integer) as spike_count,
        cast(count(case when qc_kind = 'spike' and not passed then 1 end) as integer) as spike_failed,
        cast(count(case when qc_kind = 'logic' then 1 end) as integer) as logic_failed,
        cast(count(case when qc_kind = 'detection_limit' then 1 end) as integer) as limit_count,
        cast(count(case when qc_kind = 'detection_limit' and not passed then 1 end) as integer) as limit_failed
    from checked
    group by medium
)

select
    cast(row_number() over (order by medium asc nulls last) as integer) as row_no,
    counted.medium,
    case when counted.medium = '' then '未注明' else {{ code_word('counted.medium', 'medium_of_environment') }} end as medium_name,
    counted.parallel_count,
    counted.parallel_failed,
    counted.parallel_open,
    counted.blank_count,
    counted.blank_failed,
    counted.spike_count,
    counted.spike_failed,
    counted.logic_failed,
    counted.limit_count,
    counted.limit_failed
from counted
