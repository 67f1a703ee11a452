-- What a technology at all outlets of a process would change at each graded source: release, grade, load (and so the risk that this
-- source brings, all else equal). A what-if with published or measured efficiencies, fully run; no plan and no permission.
select
    load.scenario_id,
    load.enterprise_id,
    load.process_id,
    load.technology_id,
    load.emission_change_kg,
    load.emission_change_low_kg,
    load.emission_change_high_kg,
    grade.grade as grade_before,
    graded.grade_after,
    (load.hazard_load_after - load.hazard_load) / nullif(load.hazard_load, 0) as risk_change_share
from {{ ref('int_emission_factor__technology_loads_computed') }} as load
inner join {{ ref('source_grade') }} as grade on grade.enterprise_id = load.enterprise_id
inner join {{ ref('int_emission_factor__technologies_graded') }} as graded
    on graded.scenario_id = load.scenario_id and graded.enterprise_id = load.enterprise_id
