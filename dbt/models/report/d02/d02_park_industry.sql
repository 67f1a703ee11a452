with

summed as (
    select
        park_id,
        industry_code,
        min(park_name) as park_name,
        min(park_no) as park_no,
        coalesce(min(industry), '行业未知') as industry,
        cast(count(*) as integer) as source_count,
        cast(count(case when is_high_risk then 1 end) as integer) as high_count,
        cast(count(case when rank is null then 1 end) as integer) as unrated_count,
        {{ exact_sum('emission_air_kg') }} as emission_air_kg,
        {{ exact_sum('emission_water_kg') }} as emission_water_kg,
        {{ exact_sum('toxicity_weighted_index') }} as toxicity_weighted_index
    from {{ ref('d02_source') }}
    group by park_id, industry_code
)

select
    cast(
        row_number() over (
            order by
                park_no asc nulls last,
                park_name asc nulls last,
                source_count desc nulls last,
                industry_code asc nulls last,
                park_id asc nulls last
        ) as integer
    ) as row_no,
    summed.*
from summed
