with

summed as (
    select
        park_id,
        min(park_name) as park_name,
        min(park_no) as park_no,
        cast(count(*) as integer) as source_count,
        cast(count(case when is_high_risk then 1 end) as integer) as high_count,
        cast(count(case when grade = '中风险' then 1 end) as integer) as medium_count,
        cast(count(case when grade = '低风险' then 1 end) as integer) as low_count,
        cast(count(case when rank is null then 1 end) as integer) as unrated_count,
        {{ exact_sum('emission_air_kg') }} as emission_air_kg,
        {{ exact_sum('emission_water_kg') }} as emission_water_kg,
        {{ exact_sum('share_pct') }} as share_pct
    from {{ ref('d02_source') }}
    group by park_id
)

select
    cast(row_number() over (order by park_no asc nulls last, park_name asc nulls last, park_id asc nulls last) as integer) as row_no,
    summed.*
from summed
