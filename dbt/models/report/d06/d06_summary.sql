{# One row: the figures that the text of D06 quotes. #}
with

plates as (
    select cast(count(*) as integer) as plate_count from {{ ref('d06_plate') }}
),

sources as (
    select
        cast(count(*) as integer) as source_count,
        cast(count(case when longitude is null then 1 end) as integer) as unplaced_count
    from {{ ref('d06_source') }}
),

cells as (
    select
        cast(count(*) as integer) as cell_count,
        max(size_m) as grid_m
    from {{ ref('d06_cell') }}
)

select
    'D06' as document_id,
    plates.*,
    sources.*,
    cells.*,
    edition.assessment_year,
    edition.edition_no
from plates
cross join sources
cross join cells
cross join {{ ref('edition') }} as edition
