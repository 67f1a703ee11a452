-- The matrix of base grades, a row a hazard class, with the sources that stand in each cell today.
with

sources as (
    select
        hazard_class,
        receptor_class,
        count(*) as source_count
    from {{ ref('source_grade') }}
    group by hazard_class, receptor_class
),

cells as (
    select
        matrix.hazard_class,
        matrix.receptor_class,
        {{ grade_word('matrix.base_grade') }} || '（' || {{ to_text('coalesce(sources.source_count, 0)') }} || '）' as words
    from {{ ref('grade_matrix') }} as matrix
    left join sources
        on sources.hazard_class = matrix.hazard_class and sources.receptor_class = matrix.receptor_class
)

select
    hazard_class,
    max(case when receptor_class = 1 then words end) as receptor_class_1,
    max(case when receptor_class = 2 then words end) as receptor_class_2,
    max(case when receptor_class = 3 then words end) as receptor_class_3
from cells
group by hazard_class
