-- The risks that are drawn: known ones on a level that is more than a bound. Sensitivity is told of all places but cells, and of the cells
-- of highest risk to lifelong residents.
with

known as (
    select *
    from {{ ref('int_exposure__risks_computed') }}
    where concentration_basis <> 'bounding' and coalesce(linear_cancer_risk, hazard_quotient) is not null
),

first_cell as (
    select
        place_id,
        row_number() over (order by {{ exact_sum('linear_cancer_risk * 1e9') }} desc nulls last, place_id asc nulls last) as cancer_rank,
        row_number() over (order by {{ exact_sum('hazard_quotient') }} desc nulls last, place_id asc nulls last) as hazard_rank
    from known
    where place_kind = 'cell' and population_group = 'resident_life'
    group by place_id
)

select
    known.place_id,
    known.population_group,
    known.pollutant_id,
    known.medium,
    known.route,
    known.linear_cancer_risk,
    known.hazard_quotient,
    known.target_organs,
    known.place_kind <> 'cell'
    or coalesce(least(first_cell.cancer_rank, first_cell.hazard_rank) <= setting.value, false) as is_detailed
from known
inner join {{ ref('int_core__parameter_values_chosen') }} as setting on setting.parameter_id = 'risk.sensitivity_cells'
left join first_cell on first_cell.place_id = known.place_id
