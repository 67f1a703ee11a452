with

build as (
    select max(assessment_year) as year from {{ ref('edition') }}
),

summed as (
    select
        emission.pollutant_id,
        coalesce(enterprise.park_id, 'unknown') as park_id,
        coalesce(min(pollutant.name_cn), min(pollutant.name_en), emission.pollutant_id) as name_cn,
        coalesce(min(park.name_cn), '园区外或未知') as park_name,
        min(park.area_no) as park_no,
        cast(count(distinct emission.enterprise_id) as integer) as enterprise_count,
        {{ exact_sum("case when emission.medium = 'air' then emission.emission_t * 1000 end") }} as emission_air_kg,
        {{ exact_sum("case when emission.medium = 'water' then emission.emission_t * 1000 end") }} as emission_water_kg,
        emission.year
    from {{ ref('emission') }} as emission
    inner join build on build.year = emission.year
    left join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = emission.enterprise_id
    left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = emission.pollutant_id
    left join {{ ref('dim_area') }} as park on park.area_id = enterprise.park_id
    where emission.enterprise_id not like '%-000'
    group by emission.pollutant_id, coalesce(enterprise.park_id, 'unknown'), emission.year
)

select
    cast(
        row_number() over (
            order by
                risk.is_risk_pollutant desc nulls last,
                summed.park_no asc nulls last,
                summed.park_name asc nulls last,
                risk.rank asc nulls last,
                summed.pollutant_id asc nulls last,
                summed.park_id asc nulls last
        ) as integer
    ) as row_no,
    summed.*,
    coalesce(risk.is_risk_pollutant, false) as is_risk_pollutant
from summed
left join {{ ref('risk_pollutant') }} as risk on risk.pollutant_id = summed.pollutant_id
