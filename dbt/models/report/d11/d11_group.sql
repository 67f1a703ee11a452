{# The chapter's project by population group: largest increments and totals, and how its places are judged. #}
with

grouped as (
    select
        scenario.project_id,
        scenario.population_group,
        min(label.sort_no) as sort_no,
        cast(count(*) as integer) as place_count,
        max(scenario.increment_cancer_risk) as max_increment_cancer_risk,
        max(scenario.cumulative_cancer_risk) as max_cumulative_cancer_risk,
        max(scenario.increment_hazard_index) as max_increment_hazard_index,
        max(scenario.cumulative_hazard_index) as max_cumulative_hazard_index,
        {% for verdict in ['acceptable', 'attention', 'unacceptable', 'not_assessed'] -%}
        cast(sum(case when scenario.verdict = '{{ verdict }}' then 1 else 0 end) as integer)
            as {{ verdict }}_count{{ ',' if not loop.last }}
        {% endfor -%}
    from {{ ref('project_scenario') }} as scenario
    inner join {{ ref('d11_project') }} as project on project.project_id = scenario.project_id and project.is_chapter
    left join {{ ref('code_label') }} as label on label.code_set = 'population_group' and label.code = scenario.population_group
    where scenario.place_id like 'R:%'
    group by scenario.project_id, scenario.population_group
)

select
    project_id,
    population_group,
    cast(row_number() over (order by sort_no asc nulls last, population_group asc nulls last) as integer) as row_no,
    {{ code_word('grouped.population_group', 'population_group') }} as group_name,
    place_count,
    max_increment_cancer_risk,
    max_cumulative_cancer_risk,
    max_increment_hazard_index,
    max_cumulative_hazard_index,
    acceptable_count,
    attention_count,
    unacceptable_count,
    not_assessed_count
from grouped
