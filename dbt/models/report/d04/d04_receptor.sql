{# Risks at the sensitive places for those who live there all their life, worst first. The enterprise with the largest modelled share is
   named from risk.source_least_share on; where nobody knows the air, the confidence of the rest says nothing of the whole. #}
with

total as (
    select total.*
    from {{ ref('health_risk_total') }} as total
    where total.population_group = 'resident_life' and total.place_kind = 'receptor'
),

least_share as (
    select max(cast(value as double)) as value from {{ ref('parameter_used') }} where parameter_id = 'risk.source_least_share'
),

aired as (
    select distinct place_id
    from {{ ref('health_risk') }}
    where place_kind = 'receptor' and population_group = 'resident_life' and route = 'inhalation'
),

share as (
    select
        place_id,
        population_group,
        pollutant_id,
        {{ exact_sum('cancer_risk * 1e12') }} / 1e12 as cancer_risk,
        {{ exact_sum('hazard_quotient * 1e9') }} / 1e9 as hazard_quotient
    from {{ ref('health_risk') }}
    where not is_bounding and place_kind = 'receptor' and population_group = 'resident_life'
    group by place_id, population_group, pollutant_id
)

select
    cast(row_number() over (order by total.cancer_risk desc nulls last, total.place_id asc nulls last) as integer) as row_no,
    total.place_id,
    receptor.name,
    {{ code_word('receptor.receptor_kind', 'receptor_kind') }} as receptor_kind,
    area.name_cn as area_name,
    receptor.longitude,
    receptor.latitude,
    receptor.population,
    total.cancer_risk,
    total.cancer_risk_p50,
    total.cancer_risk_p95,
    total.inhalation_cancer_risk,
    total.probability_cr_over_1e4 * 100 as probability_cr_over_1e4_pct,
    total.hazard_index,
    total.hazard_index_p50,
    total.hazard_index_p95,
    total.max_organ_hazard_index,
    {{ code_word('total.max_organ', 'target_organ') }} as max_organ,
    cancer_driver.name_cn || '（' || {{ to_text('cast(round(cancer_share.cancer_risk / nullif(total.cancer_risk, 0) * 100) as integer)') }}
    || '%）' as cancer_driver,
    hazard_driver.name_cn || '（'
    || {{ to_text('cast(round(hazard_share.hazard_quotient / nullif(total.hazard_index, 0) * 100) as integer)') }}
    || '%）' as hazard_driver,
    case when total.driver_enterprise_share >= least_share.value then enterprise.name end as source_name,
    total.driver_enterprise_share * 100 as source_share_pct,
    total.unknown_toxicity_count,
    case when aired.place_id is null then '不评' else {{ code_word('total.data_confidence', 'band_and_confidence') }} end as confidence,
    {{ code_word('total.risk_level', 'risk_level') }} as risk_level
from total
cross join least_share
left join aired on aired.place_id = total.place_id
inner join {{ ref('dim_receptor') }} as receptor on receptor.receptor_id = total.place_id
left join {{ ref('dim_area') }} as area on area.area_id = receptor.area_id
left join {{ ref('dim_pollutant') }} as cancer_driver on cancer_driver.pollutant_id = total.driver_pollutant_id
left join share as cancer_share
    on cancer_share.place_id = total.place_id and cancer_share.pollutant_id = total.driver_pollutant_id
left join {{ ref('dim_pollutant') }} as hazard_driver on hazard_driver.pollutant_id = total.driver_noncancer_pollutant_id
left join share as hazard_share
    on hazard_share.place_id = total.place_id and hazard_share.pollutant_id = total.driver_noncancer_pollutant_id
left join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = total.driver_enterprise_id
