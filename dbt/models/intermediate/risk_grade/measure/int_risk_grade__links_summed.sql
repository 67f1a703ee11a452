{# What each graded source releases of each substance by link: production (stacks), the stages outside of stacks, waste water. A
   reduction is a share of one link, never of the site. #}
select
    linked.enterprise_id,
    linked.pollutant_id,
    pollutant.substance_class as pollutant_group,
    linked.stage as process,
    linked.is_fugitive,
    {{ exact_sum('linked.emission_kg') }} as emission_kg
from {{ ref('int_inventory__emissions_linked') }} as linked
inner join {{ ref('source_grade') }} as grade on grade.enterprise_id = linked.enterprise_id
inner join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = linked.pollutant_id
where not pollutant.is_group
group by linked.enterprise_id, linked.pollutant_id, pollutant.substance_class, linked.stage, linked.is_fugitive
