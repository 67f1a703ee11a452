{# What each graded source releases of each substance by link: production (stacks), leaks (without an outlet), waste water. A
   reduction is a share of one link, never of the site. #}
with

linked as (
    select
        emission.enterprise_id,
        emission.pollutant_id,
        pollutant.substance_class as pollutant_group,
        case
            when emission.medium = 'water' then 'waste_water'
            when outlet.outlet_kind = 'fugitive' then 'leaks'
            when outlet.outlet_kind = 'stack' then 'production'
            else 'unknown'
        end as process,
        emission.emission_t * 1000 as emission_kg
    from {{ ref('emission') }} as emission
    inner join {{ ref('int_inventory__assessment_year_chosen') }} as build on build.assessment_year = emission.year
    inner join {{ ref('source_grade') }} as grade on grade.enterprise_id = emission.enterprise_id
    inner join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = emission.pollutant_id
    left join {{ ref('dim_outlet') }} as outlet on outlet.outlet_id = emission.outlet_id
    where emission.emission_t > 0 and not pollutant.is_group
)

select
    enterprise_id,
    pollutant_id,
    pollutant_group,
    process,
    {{ exact_sum('emission_kg') }} as emission_kg
from linked
group by enterprise_id, pollutant_id, pollutant_group, process
