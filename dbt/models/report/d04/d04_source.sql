{# The enterprises with the largest modelled share of the risk of some place, from risk.source_least_share on, by how many sensitive
   places and cells. #}
with

driven as (
    select
        driver_enterprise_id as enterprise_id,
        cast(count(case when place_kind = 'receptor' then 1 end) as integer) as receptor_count,
        cast(count(case when place_kind = 'cell' then 1 end) as integer) as cell_count,
        max(driver_enterprise_share) * 100 as max_share_pct
    from {{ ref('health_risk_total') }}
    where
        population_group = 'resident_life'
        and driver_enterprise_share >= (
            select max(cast(value as double)) from {{ ref('parameter_used') }} where parameter_id = 'risk.source_least_share'
        )
    group by driver_enterprise_id
)

select
    cast(row_number() over (
        order by driven.receptor_count desc nulls last, driven.cell_count desc nulls last, driven.enterprise_id asc nulls last
    ) as integer) as row_no,
    driven.enterprise_id,
    enterprise.name as enterprise_name,
    park.name_cn as park_name,
    driven.receptor_count,
    driven.cell_count,
    driven.max_share_pct
from driven
left join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = driven.enterprise_id
left join {{ ref('dim_area') }} as park on park.area_id = enterprise.park_id
