{# Values of 绿色指数指标.xlsx of the rated areas, by any name of the area. Of two records of one area, year and indicator that
   name it differently the first by file and row counts. #}
select
    value.indicator_id,
    area.area_id,
    value.year,
    value.value,
    {{ origin_cells('indicator_value', 'value', {'value': 'value', 'area_id': 'area', 'year': 'year'}) }} as _origin
from {{ ref('stg_indicator__values') }} as value
inner join {{ ref('green_indicator') }} as indicator on indicator.indicator_id = trim(value.indicator_id)
inner join {{ ref('int_green_index__areas_rated') }} as area
    on trim(value.area) in (area.area_id, area.name_cn) or {{ list_has('area.aliases', 'trim(value.area)') }}
where value.value is not null and value.year is not null
qualify
    row_number() over (
        partition by value.indicator_id, area.area_id, value.year
        order by value._file_no asc nulls last, value._row asc nulls last, value._record_id asc nulls last
    ) = 1
