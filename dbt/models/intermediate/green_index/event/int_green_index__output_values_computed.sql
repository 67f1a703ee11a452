{# R4: toxicity-weighted releases to air and water over the industrial output that is stated for the zone (评分事实.xlsx), as a multiple of the
   first year that has both; one such year tells nothing. The census states the output of its own year and of a part of the sites: it is no
   output of the zone. #}
with

outputs as (
    select
        stated.object_id as area_id,
        stated.year,
        stated.value
        * case coalesce(stated.unit, '万元') when '亿元' then 10000 when '万元' then 1 when '千元' then 0.1 when '元' then 0.0001 end
            as output_10k_yuan,
        stated._origin
    from {{ ref('int_pilot__facts_stated') }} as stated
    inner join {{ ref('int_green_index__areas_rated') }} as area on area.area_kind = 'area' and area.area_id = stated.object_id
    where stated.object_kind = 'area_index' and stated.fact in ('gross_output_10k_yuan', '工业总产值')
),

toxic as (
    select year, {{ exact_sum('toxicity_weighted_kg') }} as toxicity_weighted_kg
    from {{ ref('toxicity_weighted_year') }}
    where medium in ('air', 'water')
    group by year
    having count(toxicity_weighted_kg) = 2
),

per_output as (
    select
        outputs.area_id,
        cast(outputs.year as integer) as year,
        toxic.toxicity_weighted_kg / outputs.output_10k_yuan as ratio,
        first_value(toxic.toxicity_weighted_kg / outputs.output_10k_yuan)
            over (partition by outputs.area_id order by outputs.year asc nulls last) as first_ratio,
        count(*) over (partition by outputs.area_id) as year_count,
        outputs._origin
    from outputs
    inner join toxic on toxic.year = outputs.year
    where outputs.output_10k_yuan > 0 and toxic.toxicity_weighted_kg > 0
)

select
    'R4' as indicator_id,
    area_id,
    year,
    ratio / first_ratio as value,
    'inventory.toxicity_weighted_year' as source_table,
    _origin
from per_output
where year_count > 1
