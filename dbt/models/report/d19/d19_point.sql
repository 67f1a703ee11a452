-- The points drawn, replacements after them, by stratum.
select
    cast(
        row_number() over (
            order by point.year asc nulls last, point.stratum asc nulls last, point.draw_no asc nulls last
        ) as integer
    ) as row_no,
    point.year,
    point.point_id,
    point.stratum,
    point.stratum_cn,
    point.name_cn,
    point.draw_no,
    case when point.is_replacement then '备用' else '监测点' end as kind,
    point.households,
    point.residents_15_69 as residents,
    point.inclusion_probability
from {{ ref('literacy_point') }} as point
