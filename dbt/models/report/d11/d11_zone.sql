{# Zones of environmental health risk with a plan: cells where people live, by scenario and verdict. #}
with

zone as (
    select
        scenario.project_id,
        scenario.verdict,
        min(label.sort_no) as sort_no,
        min(project.scenario) as scenario,
        cast(count(*) as integer) as cell_count,
        cast(count(case when scenario.baseline_level = 'high' then 1 end) as integer) as baseline_high_count,
        {{ exact_sum('cell.population') }} as population,
        max(scenario.increment_cancer_risk) as max_increment_cancer_risk,
        max(scenario.cumulative_cancer_risk) as max_cumulative_cancer_risk,
        max(scenario.cumulative_hazard_index) as max_cumulative_hazard_index
    from {{ ref('project_scenario') }} as scenario
    inner join {{ ref('project') }} as project on project.project_id = scenario.project_id
    inner join {{ ref('dim_grid_cell') }} as cell on cell.cell_id = scenario.place_id
    left join {{ ref('code_label') }} as label on label.code_set = 'project_verdict' and label.code = scenario.verdict
    where scenario.project_kind = 'plan' and scenario.population_group = 'resident_life'
    group by scenario.project_id, scenario.verdict
)

select
    cast(row_number() over (order by project_id asc nulls last, sort_no asc nulls last) as integer) as row_no,
    project_id,
    verdict as verdict_code,
    scenario,
    {{ code_word('zone.verdict', 'project_verdict') }} as verdict,
    cell_count,
    baseline_high_count,
    population,
    max_increment_cancer_risk,
    max_cumulative_cancer_risk,
    max_cumulative_hazard_index
from zone
