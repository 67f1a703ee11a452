-- Sources and their measures, a row a grade, grades that no source has too; those without a grade where there are any.
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
),

grades as (
    select base_grade as grade from {{ ref('grade_matrix') }}
    union distinct
    select grade from {{ ref('source_grade') }}
),

enterprises as (
    select
        enterprise_id,
        count(*) as measure_count
    from {{ ref('enterprise_measure') }}
    group by enterprise_id
)

select
    cast(row_number() over (order by grades.grade asc nulls last) as integer) as row_no,
    grades.grade as grade_no,
    coalesce({{ grade_word('grades.grade') }}, '资料不足') as grade,
    cast(count(graded.enterprise_id) as integer) as source_count,
    cast(coalesce(sum(enterprises.measure_count), 0) as integer) as measure_count,
    cast(count(enterprises.enterprise_id) as integer) as measured_source_count,
    max(build.as_of) as as_of
from grades
cross join build
left join {{ ref('source_grade') }} as graded on coalesce(graded.grade, 0) = coalesce(grades.grade, 0)
left join enterprises on enterprises.enterprise_id = graded.enterprise_id
group by grades.grade
