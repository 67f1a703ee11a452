{# Days, guests and answers of each enterprise and year; a day that names no single site is left out and counted as a gap. #}
with

placed as (
    select
        opened.*,
        found.enterprise_id,
        cast(extract(year from opened.open_on) as integer) as year,
        {{ origin_cells('pilot_open_day', 'opened', {
            'open_days': 'open_on', 'visitors': 'visitors', 'satisfaction': 'satisfied', 'satisfaction_low': 'surveyed'
        }) }} as cells
    from {{ ref('stg_pilot__open_days') }} as opened
    inner join {{ ref('int_inventory__named_records_matched') }} as found
        on found.raw_table = 'pilot_open_day' and found._record_id = opened._record_id
    where opened.open_on is not null
)

select
    enterprise_id,
    year,
    cast(count(distinct open_on) as integer) as open_days,
    cast(sum(visitors) as integer) as visitors,
    cast(sum(case when surveyed is not null then satisfied end) as double) as satisfied,
    cast(sum(case when satisfied is not null then surveyed end) as double) as surveyed,
    cast(year - min(min(year)) over (partition by enterprise_id) + 1 as integer) as open_years,
    {{ origin_collect('cells') }} as _origin
from placed
group by enterprise_id, year
