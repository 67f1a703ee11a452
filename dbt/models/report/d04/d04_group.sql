{# Totals by kind of place and group: how they are spread, and how many places stand at each level. #}
select
    cast(row_number() over (order by place_kind asc nulls last, population_group asc nulls last) as integer) as row_no,
    place_kind,
    population_group,
    {{ code_word('place_kind', 'place_kind') }} as place_kind_cn,
    {{ code_word('population_group', 'population_group') }} as group_cn,
    cast(count(*) as integer) as place_count,
    {{ quantile('cancer_risk', 0.5) }} as median_cancer_risk,
    max(cancer_risk) as max_cancer_risk,
    max(cancer_risk_p95) as max_cancer_risk_p95,
    {{ quantile('inhalation_cancer_risk', 0.5) }} as median_inhalation_cancer_risk,
    {{ quantile('hazard_index', 0.5) }} as median_hazard_index,
    max(hazard_index) as max_hazard_index,
    max(max_organ_hazard_index) as max_organ_hazard_index,
    {% for level in ['negligible', 'low', 'attention', 'high', 'unknown'] -%}
    cast(count(case when risk_level = '{{ level }}' then 1 end) as integer) as {{ level }}_count{{ ',' if not loop.last }}
    {% endfor %}
from {{ ref('health_risk_total') }}
group by place_kind, population_group
