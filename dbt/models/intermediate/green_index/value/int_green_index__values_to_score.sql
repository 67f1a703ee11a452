-- What the index is made of: values with the kind of area that they are ranked among.
select
    united.indicator_id,
    united.area_id,
    cast(united.year as integer) as year,
    united.value,
    united.is_imputed,
    area.area_kind as rank_group
from {{ ref('int_green_index__values_united') }} as united
inner join {{ ref('dim_area') }} as area on area.area_id = united.area_id
