with

summed as (
    select
        park_id,
        min(park_name) as park_name,
        min(park_no) as park_no,
        cast(count(*) as integer) as pollutant_count,
        {{ exact_sum('emission_air_kg') }} as emission_air_kg,
        {{ exact_sum('emission_water_kg') }} as emission_water_kg
    from {{ ref('d01_pollutant_park') }}
    where is_risk_pollutant
    group by park_id
)

select
    cast(row_number() over (order by park_no asc nulls last, park_name asc nulls last, park_id asc nulls last) as integer) as row_no,
    summed.*
from summed
