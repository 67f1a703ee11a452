{# The chapter's project by population group: largest increments and totals, and how its places are judged. #}
select
    scenario.project_id,
    scenario.population_group,
    cast(row_number() over (order by min(label.sort_no) asc nulls last, scenario.population_group asc nulls last) as integer) as row_no,
    {{ code_word('scenario.population_group', 'population_group') }} as group_name,
    cast(count(*) as integer) as place_count,
    max(scenario.increment_cancer_risk) as max_increment_cancer_risk,
    max(scenario.cumulative_cancer_risk) as max_cumulative_cancer_risk,
    max(scenario.increment_hazard_index) as max_increment_hazard_index,
    max(scenario.cumulative_hazard_index) as max_cumulative_hazard_index,
    {% for verdict in ['acceptable', 'attention', 'unacceptable', 'not_assessed'] -%}
    cast(sum(case when scenario.verdict = '{{ verdict }}' then 1 else 0 end) as integer) as {{ verdict }}_count{{ ',' if not loop.last }}
    {% endfor -%}
from {{ ref('project_scenario') }} as scenario
inner join {{ ref('d11_project') }} as project on project.project_id = scenario.project_id and project.is_chapter
left join {{ ref('code_label') }} as label on label.code_set = 'population_group' and label.code = scenario.population_group
where scenario.place_id like 'R:%'
group by scenario.project_id, scenario.population_group
