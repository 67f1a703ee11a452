{# Every cell of grade, kind of zone and stage has a measure for sources: an empty one would leave a source without a duty. #}
{% test every_cell_has_a_measure(model) %}
with cell as (
    select grade.grade, zone.code as zone_kind, stage.code as stage
    from (select distinct grade from {{ model }} where grade between 1 and 4) as grade
    cross join (select code from {{ ref('code_label') }} where code_set = 'zone_kind') as zone
    cross join (select code from {{ ref('code_label') }} where code_set = 'stage_of_measure') as stage
)
select cell.grade, cell.zone_kind, cell.stage
from cell
left join {{ model }} as measure
    on measure.applies_to = 'source' and measure.grade = cell.grade and measure.zone_kind = cell.zone_kind
    and measure.stage = cell.stage
where measure.measure_id is null
{% endtest %}
