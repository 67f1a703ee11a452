{# Hazard index of each organ at the sensitive places, by group. #}
with

spread as (
    select
        organ_index.population_group,
        organ_index.organ,
        cast(count(*) as integer) as place_count,
        {{ quantile('organ_index.hazard_index', 0.5) }} as median_hazard_index,
        max(organ_index.hazard_index) as max_hazard_index,
        max(organ_index.hazard_index_p95) as max_hazard_index_p95,
        cast(count(case when organ_index.hazard_index > 1 then 1 end) as integer) as over_1_count
    from {{ ref('health_risk_organ') }} as organ_index
    inner join {{ ref('dim_receptor') }} as receptor on receptor.receptor_id = organ_index.place_id
    group by organ_index.population_group, organ_index.organ
)

select
    cast(row_number() over (
        order by population_group asc nulls last, max_hazard_index desc nulls last, organ asc nulls last
    ) as integer) as row_no,
    population_group,
    organ,
    {{ code_word('population_group', 'population_group') }} as group_cn,
    {{ code_word('organ', 'target_organ') }} as organ_cn,
    place_count,
    median_hazard_index,
    max_hazard_index,
    max_hazard_index_p95,
    over_1_count
from spread
