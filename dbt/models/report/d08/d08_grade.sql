-- Sources and their measures, a row a grade.
with

enterprises as (
    select
        enterprise_id,
        count(*) as measure_count
    from {{ ref('enterprise_measure') }}
    group by enterprise_id
)

select
    cast(row_number() over (order by graded.grade asc nulls last) as integer) as row_no,
    graded.grade as grade_no,
    coalesce({{ grade_word('graded.grade') }}, '资料不足') as grade,
    cast(count(*) as integer) as source_count,
    cast(coalesce(sum(enterprises.measure_count), 0) as integer) as measure_count,
    cast(count(enterprises.enterprise_id) as integer) as measured_source_count,
    max(graded.as_of) as as_of
from {{ ref('source_grade') }} as graded
left join enterprises on enterprises.enterprise_id = graded.enterprise_id
group by graded.grade
