{# What brings the risk of the people: each substance's part of the sum over the places of the zone where residents are counted once,
   cancer risk and hazard index, by medium. #}
with

placed as (
    select
        risk.pollutant_id,
        risk.medium,
        {{ exact_sum('risk.cancer_risk * cell.population * 1e6') }} / 1e6 as cancer_people,
        {{ exact_sum('risk.hazard_quotient * cell.population') }} as hazard_people
    from {{ ref('health_risk') }} as risk
    inner join {{ ref('dim_grid_cell') }} as cell on cell.cell_id = risk.place_id
    where risk.population_group = 'resident_life' and not risk.is_bounding and cell.population > 0
    group by risk.pollutant_id, risk.medium
),

whole as (
    select {{ exact_sum('cancer_people * 1e6') }} / 1e6 as cancer_people, {{ exact_sum('hazard_people') }} as hazard_people
    from placed
),

shared as (
    select
        placed.pollutant_id,
        placed.medium,
        placed.cancer_people / nullif(whole.cancer_people, 0) * 100 as cancer_pct,
        placed.hazard_people / nullif(whole.hazard_people, 0) * 100 as hazard_pct,
        greatest(
            coalesce(placed.cancer_people / nullif(whole.cancer_people, 0), 0),
            coalesce(placed.hazard_people / nullif(whole.hazard_people, 0), 0)
        ) as largest_share
    from placed
    cross join whole
)

select
    cast(row_number() over (
        order by shared.largest_share desc nulls last, shared.pollutant_id asc nulls last, shared.medium asc nulls last
    ) as integer) as row_no,
    shared.pollutant_id,
    shared.medium,
    pollutant.name_cn,
    {{ code_word('shared.medium', 'medium_of_environment') }} as medium_cn,
    shared.cancer_pct,
    shared.hazard_pct
from shared
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = shared.pollutant_id
where shared.largest_share > 0
