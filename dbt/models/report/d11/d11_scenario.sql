{# Cumulative risk of lifelong residents at each sensitive place with the chapter's project. #}
select
    cast(
        row_number() over (order by scenario.cumulative_cancer_risk desc nulls last, scenario.place_id asc nulls last) as integer
    ) as row_no,
    scenario.project_id,
    scenario.place_id,
    receptor.name as place,
    {{ code_word('receptor.receptor_kind', 'receptor_kind') }} as place_kind,
    receptor.population,
    scenario.baseline_cancer_risk,
    scenario.increment_cancer_risk,
    scenario.replaced_cancer_risk,
    scenario.reduction_cancer_risk,
    scenario.under_construction_cancer_risk,
    scenario.cumulative_cancer_risk,
    scenario.baseline_hazard_index,
    scenario.increment_hazard_index,
    scenario.cumulative_hazard_index,
    {{ code_word('scenario.verdict', 'project_verdict') }} as verdict
from {{ ref('project_scenario') }} as scenario
inner join {{ ref('d11_project') }} as project on project.project_id = scenario.project_id and project.is_chapter
inner join {{ ref('dim_receptor') }} as receptor on receptor.receptor_id = scenario.place_id
where scenario.population_group = 'resident_life'
