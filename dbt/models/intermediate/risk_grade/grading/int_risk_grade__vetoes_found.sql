{# What may set a risk source's grade whatever its loads: risks at a sensitive point that it mainly causes, an unmonitored class 1
   carcinogen. Without a source that brings the stated share of a point's risk, nothing is laid at anybody's door. #}
with

parameter as (
    select max(case when parameter_id = 'grading.veto_share' then value end) as share
    from {{ ref('int_core__parameter_values_chosen') }}
),

point as (
    select
        total.driver_enterprise_id as enterprise_id,
        max(total.cancer_risk) as cancer_risk,
        max(total.max_organ_hazard_index) as hazard_index,
        {{ list_agg_distinct('total.place_id') }} as place_ids
    from {{ ref('health_risk_total') }} as total
    cross join parameter
    where total.place_kind = 'receptor' and total.driver_enterprise_share >= parameter.share
    group by total.driver_enterprise_id
),

carcinogen as (
    select
        enterprise_id,
        {{ list_agg_distinct('pollutant_id') }} as pollutant_ids
    from {{ ref('int_risk_grade__carcinogens_unmonitored') }}
    group by enterprise_id
),

assessed as (
    select count(*) > 0 as is_assessed
    from {{ ref('health_risk_total') }}
    where place_kind = 'receptor'
)

select
    source.enterprise_id,
    point.cancer_risk as veto_cancer_risk,
    point.hazard_index as veto_hazard_index,
    {{ list_join(['point.place_ids'], 'varchar[]') }} as veto_place_ids,
    assessed.is_assessed,
    carcinogen.enterprise_id is not null as is_carcinogen_unmonitored,
    {{ list_join(['carcinogen.pollutant_ids'], 'varchar[]') }} as unmonitored_carcinogens
from {{ ref('int_inventory__risk_sources_gathered') }} as source
cross join assessed
left join point on point.enterprise_id = source.enterprise_id
left join carcinogen on carcinogen.enterprise_id = source.enterprise_id
