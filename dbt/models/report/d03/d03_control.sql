{# Checks of quality by kind and medium. Those of reports and months of other years are left out. #}
with

checked as (
    select control.*
    from {{ ref('quality_control') }} as control
    inner join {{ ref('edition') }} as edition
        on control.period is null or substr(control.period, 1, 4) = {{ to_text('edition.assessment_year') }}
),

counted as (
    select
        qc_kind,
        coalesce(medium, '') as medium,
        cast(count(*) as integer) as check_count,
        cast(count(case when passed then 1 end) as integer) as passed_count,
        cast(count(case when not passed then 1 end) as integer) as failed_count,
        cast(count(case when passed is null then 1 end) as integer) as open_count,
        min(case when qc_kind <> 'detection_limit' then limit_text end) as one_limit,
        max(case when qc_kind <> 'detection_limit' then limit_text end) as other_limit
    from checked
    group by qc_kind, coalesce(medium, '')
)

select
    cast(row_number() over (order by kind.sort_no asc nulls last, counted.medium asc nulls last) as integer) as row_no,
    counted.qc_kind,
    counted.medium,
    kind.label_cn as kind_name,
    coalesce({{ code_word('counted.medium', 'medium_of_environment') }}, '未注明') as medium_name,
    case
        when counted.qc_kind = 'detection_limit' then '不高于限值和风险水平'
        when counted.qc_kind = 'blank' then '低于检出限'
        when counted.qc_kind = 'logic' then '相互不矛盾'
        when counted.one_limit = counted.other_limit then counted.one_limit
        else counted.one_limit || '，有机物 ' || counted.other_limit
    end as requirement,
    counted.check_count,
    counted.passed_count,
    counted.failed_count,
    counted.open_count,
    100.0 * counted.passed_count / nullif(counted.passed_count + counted.failed_count, 0) as passing_pct
from counted
{{ code_label_join('kind', 'qc_kind', 'counted.qc_kind') }}
