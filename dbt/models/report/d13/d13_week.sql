-- Weeks of the last season in the words of the national weekly report.
with

last_year as (
    select max(year) as year from {{ ref('beach_week') }}
)

select
    cast(row_number() over (
        order by week.week_start asc nulls last, week.name_cn asc nulls last, week.beach_id asc nulls last
    ) as integer) as row_no,
    week.beach_id,
    week.year,
    week.week_start,
    week.name_cn,
    week.water_temperature_c,
    {{ code_word('week.water_class', 'beach_water_class') }} as water_class,
    {{ code_word('week.suitability', 'swim_suitability') }} as suitability,
    week.cause
from {{ ref('beach_week') }} as week
inner join last_year on last_year.year = week.year
