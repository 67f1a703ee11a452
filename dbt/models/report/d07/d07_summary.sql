{# One row: the figures that the text of D07 quotes. #}
with

sources as (
    select
        cast(count(*) as integer) as source_count,
        cast(count(case when grade = 1 then 1 end) as integer) as red_count,
        cast(count(case when grade = 2 then 1 end) as integer) as orange_count,
        cast(count(case when grade = 3 then 1 end) as integer) as yellow_count,
        cast(count(case when grade = 4 then 1 end) as integer) as blue_count,
        cast(count(case when grade is null then 1 end) as integer) as ungraded_count,
        cast(count(case when grade < base_grade then 1 end) as integer) as worsened_count
    from {{ ref('source_grade') }}
),

cells as (
    select
        cast(count(*) as integer) as cell_count,
        cast(count(case when zone_kind = 'key_control' then 1 end) as integer) as key_cell_count,
        max(size_m) as grid_m
    from {{ ref('zone_grade') }} as graded
    inner join {{ ref('dim_grid_cell') }} as cell on cell.cell_id = graded.cell_id
),

cuts as (
    select
        cast(count(case when state = 'frozen' then 1 end) as integer) as frozen_cut_count,
        cast(count(*) as integer) as cut_count
    from {{ ref('grade_cut') }}
)

select
    'D07' as document_id,
    sources.*,
    cells.*,
    cuts.*,
    edition.assessment_year,
    edition.edition_no
from sources
cross join cells
cross join cuts
cross join {{ ref('edition') }} as edition
