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
),

parks as (
    select
        cast(count(*) as integer) as park_count,
        {{ listagg_text('area.name_cn', '、', 'area.area_no, area.area_id') }} as names,
        {{ listagg_text('case when drawn.area_id is null then area.name_cn end', '、', 'area.area_no, area.area_id') }} as names_without
    from {{ ref('dim_area') }} as area
    left join {{ ref('d06_park') }} as drawn on drawn.area_id = area.area_id
    where area.area_kind = 'park'
)

select
    'D06' as document_id,
    plates.*,
    sources.*,
    cells.*,
    case
        when parks.park_count = 0 then '没有登记园区'
        else
            '园区' || {{ to_text('parks.park_count') }} || '个（' || parks.names || '），'
            || coalesce('其中' || parks.names_without || '没有边界资料，未制放大图', '各园区放大图见图件目录')
    end as park_text,
    edition.assessment_year,
    edition.edition_no
from plates
cross join sources
cross join cells
cross join parks
cross join {{ ref('edition') }} as edition
