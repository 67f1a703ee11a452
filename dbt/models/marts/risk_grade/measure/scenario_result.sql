-- What a scenario buys: change of release of the first substance, grade before and after, change of the load (and so of the risk that
-- this source brings, all else equal).
select
    load.scenario_id,
    load.enterprise_id,
    load.emission_change_kg,
    grade.grade as grade_before,
    graded.grade_after,
    (load.hazard_load_after - load.hazard_load) / nullif(load.hazard_load, 0) as risk_change_share
from {{ ref('int_risk_grade__scenario_loads_computed') }} as load
inner join {{ ref('source_grade') }} as grade on grade.enterprise_id = load.enterprise_id
inner join {{ ref('int_risk_grade__scenarios_graded') }} as graded
    on graded.scenario_id = load.scenario_id and graded.enterprise_id = load.enterprise_id
