-- Annex 1, what is done in areas: the measures of each kind of zone by stage, with the zones that are of the kind today.
with

kinds as (
    select
        zone_kind,
        cast(count(*) as integer) as zone_count,
        min(grade) as worst_grade
    from {{ ref('zone') }}
    group by zone_kind
)

select
    cast(
        row_number() over (
            order by kinds.worst_grade asc nulls last, kinds.zone_kind asc nulls last, stage.sort_no asc nulls last,
                measure.measure_id asc nulls last
        ) as integer
    ) as row_no,
    measure.measure_id,
    kinds.zone_kind as zone_kind_code,
    {{ code_word('kinds.zone_kind', 'zone_kind') }} as zone_kind,
    kinds.zone_count,
    {{ code_word('measure.stage', 'stage_of_measure') }} as stage,
    measure.measure,
    measure.responsible,
    measure.inspections_per_year,
    measure.check_item,
    {{ articles_together('measure.legal_basis') }} as legal_basis
from {{ ref('control_measure') }} as measure
inner join kinds on kinds.zone_kind = measure.zone_kind
left join {{ ref('code_label') }} as stage on stage.code_set = 'stage_of_measure' and stage.code = measure.stage
where measure.applies_to = 'zone'
