{# Results of the assessment year by medium and level of quality. #}
with

counted as (
    select
        coalesce(result.medium, '') as medium,
        cast(count(*) as integer) as result_count,
        cast(count(case when result.qc_level = 'A' then 1 end) as integer) as a_count,
        cast(count(case when result.qc_level = 'B' then 1 end) as integer) as b_count,
        cast(count(case when result.qc_level = 'C' then 1 end) as integer) as c_count,
        cast(count(case when result.is_nondetect and result.qc_level <> 'C' then 1 end) as integer) as nondetect_count,
        cast(count(case when result.is_nondetect and not result.is_informative then 1 end) as integer) as open_count
    from {{ ref('monitoring_result') }} as result
    inner join {{ ref('edition') }} as edition on result.period = {{ to_text('edition.assessment_year') }}
    group by coalesce(result.medium, '')
)

select
    cast(row_number() over (order by counted.medium asc nulls last) as integer) as row_no,
    counted.medium,
    case when counted.medium = '' then '介质不明' else {{ code_word('counted.medium', 'medium_of_environment') }} end as medium_name,
    counted.result_count,
    counted.a_count,
    counted.b_count,
    counted.c_count,
    100.0 * (counted.a_count + counted.b_count) / counted.result_count as usable_pct,
    counted.nondetect_count,
    counted.open_count
from counted
