{# Hazard index of each organ at the sensitive places, by group. #}
select
    cast(row_number() over (
        order by organ_index.population_group asc nulls last, max(organ_index.hazard_index) desc nulls last, organ_index.organ asc nulls last
    ) as integer) as row_no,
    organ_index.population_group,
    organ_index.organ,
    {{ code_word('organ_index.population_group', 'population_group') }} as group_cn,
    {{ code_word('organ_index.organ', 'target_organ') }} as organ_cn,
    cast(count(*) as integer) as place_count,
    {{ quantile('organ_index.hazard_index', 0.5) }} as median_hazard_index,
    max(organ_index.hazard_index) as max_hazard_index,
    max(organ_index.hazard_index_p95) as max_hazard_index_p95,
    cast(count(case when organ_index.hazard_index > 1 then 1 end) as integer) as over_1_count
from {{ ref('health_risk_organ') }} as organ_index
inner join {{ ref('dim_receptor') }} as receptor on receptor.receptor_id = organ_index.place_id
group by organ_index.population_group, organ_index.organ
