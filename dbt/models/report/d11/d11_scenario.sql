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
    scenario.replaced_hazard_index,
    scenario.reduction_hazard_index,
    scenario.under_construction_hazard_index,
    scenario.cumulative_hazard_index,
    total.inhalation_cancer_risk as baseline_inhalation_cancer_risk,
    total.inhalation_hazard_index as baseline_inhalation_hazard_index,
    {{ code_word('scenario.baseline_level', 'risk_level') }} as baseline_level,
    coalesce(cancer.name_cn, total.driver_pollutant_id) as baseline_driver,
    coalesce(noncancer.name_cn, total.driver_noncancer_pollutant_id) as baseline_noncancer_driver,
    {{ code_word('scenario.verdict', 'project_verdict') }} as verdict
from {{ ref('project_scenario') }} as scenario
inner join {{ ref('d11_project') }} as project on project.project_id = scenario.project_id and project.is_chapter
inner join {{ ref('dim_receptor') }} as receptor on receptor.receptor_id = scenario.place_id
left join {{ ref('health_risk_total') }} as total
    on total.place_id = scenario.place_id and total.population_group = scenario.population_group
left join {{ ref('dim_pollutant') }} as cancer on cancer.pollutant_id = total.driver_pollutant_id
left join {{ ref('dim_pollutant') }} as noncancer on noncancer.pollutant_id = total.driver_noncancer_pollutant_id
where scenario.population_group = 'resident_life'
