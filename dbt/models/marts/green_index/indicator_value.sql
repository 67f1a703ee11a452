select
    united.indicator_id,
    united.area_id,
    cast(united.year as integer) as year,
    united.value,
    scored.normalised,
    united.is_imputed,
    united.origin,
    united.source_table,
    case when united.source_table = 'pilot.open_facility' then cast(united.year as integer) end as facility_year,
    case when united.source_table = 'inventory.pollution_source' then build.as_of end as source_as_of,
    case when united.source_table = 'pilot.literacy' then cast(united.year as integer) end as literacy_year,
    case when united.source_table = 'exposure.population_burden' then united.area_id end as burden_area_id,
    case when united.source_table = 'exposure.exceedance' then cast(united.year as integer) end as exceedance_year,
    case when united.source_table = 'exposure.occupational' then cast(united.year as integer) end as tested_year,
    {{ origin_join([
        'united._origin',
        origin_seed('green_indicator', 'indicator', {'normalised': 'target', 'value': 'definition'}),
    ]) }} as _origin
from {{ ref('int_green_index__values_united') }} as united
cross join {{ source('intake', 'build') }} as build
inner join {{ seed_rows('green_indicator') }} as indicator on indicator.indicator_id = united.indicator_id
left join {{ ref('int_green_index__contributions_split') }} as scored
    on scored.indicator_id = united.indicator_id and scored.area_id = united.area_id and scored.year = united.year
