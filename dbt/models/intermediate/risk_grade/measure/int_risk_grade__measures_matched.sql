{# Which measures a graded source is to take, with the kg of the link that each speaks of. Base measures by grade and kind of zone speak
   of the first substance of the load: source prevention of all of it, process control of what leaves outside of stacks, end of pipe of
   its stacks and waste water. Measures of a class of substances, or of some of it, apply where the source releases it by that process, in that sector, at
   that grade or a worse one; storage, loading and flares are told where a formula or a register states them. #}
with

zoned as (
    select
        grade.enterprise_id,
        grade.grade,
        site.industry_code,
        coalesce(zone.zone_kind, 'strengthened') as zone_kind,
        zone.zone_kind is null as is_zone_unknown
    from {{ ref('source_grade') }} as grade
    inner join {{ ref('dim_enterprise') }} as site on site.enterprise_id = grade.enterprise_id
    left join {{ ref('int_risk_grade__source_zones_found') }} as zone on zone.enterprise_id = grade.enterprise_id
    where grade.grade is not null
),

first_substance as (
    select
        release.enterprise_id,
        release.pollutant_id
    from {{ ref('int_risk_grade__releases_loaded') }} as release
    where release.weighted_kg > 0
    group by release.enterprise_id, release.pollutant_id
    qualify
        row_number() over (
            partition by release.enterprise_id
            order by {{ exact_sum('release.weighted_kg') }} desc nulls last, release.pollutant_id asc nulls last
        ) = 1
),

base as (
    select
        zoned.enterprise_id,
        measure.measure_id,
        zoned.is_zone_unknown,
        measure.zone_kind,
        {{ exact_sum("case
            when measure.stage = 'source_prevention' then link.emission_kg
            when measure.stage = 'process_control' and link.is_fugitive then link.emission_kg
            when
                measure.stage = 'end_of_pipe' and not link.is_fugitive and link.process in ('production', 'waste_water')
                then link.emission_kg
        end") }} as link_kg
    from zoned
    inner join {{ ref('measure_catalogue') }} as measure
        on measure.applies_to = 'source' and measure.grade = zoned.grade and measure.zone_kind = zoned.zone_kind
    left join first_substance on first_substance.enterprise_id = zoned.enterprise_id
    left join {{ ref('int_risk_grade__links_summed') }} as link
        on link.enterprise_id = zoned.enterprise_id and link.pollutant_id = first_substance.pollutant_id
    group by zoned.enterprise_id, measure.measure_id, zoned.is_zone_unknown, measure.zone_kind
),

of_class as (
    select
        zoned.enterprise_id,
        measure.measure_id,
        {{ exact_sum('link.emission_kg') }} as link_kg
    from zoned
    inner join {{ ref('measure_catalogue') }} as measure
        on
            measure.applies_to = 'pollutant_class'
            and (
                (measure.grade_rule = 'exact' and zoned.grade = measure.grade)
                or (measure.grade_rule = 'up_to' and zoned.grade <= measure.grade)
            )
            and (
                measure.sector is null
                or {{ list_has(text_to_list('measure.sector'), 'zoned.industry_code') }}
            )
    inner join {{ ref('int_risk_grade__links_summed') }} as link
        on
            link.enterprise_id = zoned.enterprise_id
            and (measure.process is null or measure.process = link.process)
            and (
                measure.pollutant_group is null
                or {{ list_has(text_to_list('measure.pollutant_group'), 'link.pollutant_group') }}
            )
            and (
                measure.pollutant_id is null
                or {{ list_has(text_to_list('measure.pollutant_id'), 'link.pollutant_id') }}
            )
    group by zoned.enterprise_id, measure.measure_id
)

select enterprise_id, measure_id, zone_kind, is_zone_unknown, link_kg
from base
union all
select
    enterprise_id,
    measure_id,
    cast(null as {{ type_string() }}) as zone_kind,
    false as is_zone_unknown,
    link_kg
from of_class
