{# Burden of risk by area and group; the whole zone first. Villages are the mart's: hundreds of lines of like figures. #}
select
    cast(row_number() over (
        order by
            case area.area_kind when 'area' then 1 when 'park' then 2 when 'street' then 3 when 'park_ring_3km' then 4 else 5 end
            asc nulls last,
            burden.area_id asc nulls last,
            burden.population_group asc nulls last
    ) as integer) as row_no,
    burden.area_id,
    burden.population_group,
    area.area_kind,
    area.name_cn as area_name,
    {{ code_word('burden.population_group', 'population_group') }} as group_cn,
    burden.population,
    burden.mean_cancer_risk,
    burden.excess_cases_per_year,
    burden.population_over_1e6,
    burden.population_over_1e5,
    burden.population_over_1e4,
    burden.population_hi_over_1
from {{ ref('population_burden') }} as burden
inner join {{ ref('dim_area') }} as area on area.area_id = burden.area_id
where area.area_kind <> 'village'
