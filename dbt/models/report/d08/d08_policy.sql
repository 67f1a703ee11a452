-- Annex 3, one policy a red or orange source: its measures with trigger, date and the release of the link they act on. Those of the
-- others stand in risk_grade.enterprise_measure and on their dossiers.
select
    cast(
        row_number() over (
            order by
                graded.grade asc nulls last, graded.score desc nulls last, applied.enterprise_id asc nulls last,
                stage.sort_no asc nulls last, applied.measure_id asc nulls last
        ) as integer
    ) as row_no,
    applied.enterprise_id,
    applied.measure_id,
    enterprise.name,
    {{ grade_word('graded.grade') }} as grade,
    {{ code_word('applied.stage', 'stage_of_measure') }} as stage,
    measure.measure,
    applied.trigger,
    applied.due,
    applied.link_kg,
    applied.expected_reduction_kg,
    applied.expected_reduction_high_kg,
    measure.responsible
from {{ ref('enterprise_measure') }} as applied
inner join {{ ref('control_measure') }} as measure on measure.measure_id = applied.measure_id
inner join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = applied.enterprise_id
inner join {{ ref('source_grade') }} as graded on graded.enterprise_id = applied.enterprise_id
left join {{ ref('code_label') }} as stage on stage.code_set = 'stage_of_measure' and stage.code = applied.stage
where graded.grade <= 2
