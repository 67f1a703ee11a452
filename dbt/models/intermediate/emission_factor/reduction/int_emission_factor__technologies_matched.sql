-- What each technology takes off each substance: as measured before and behind it, else as published of the substance, else of its
-- class. Of several published classes of a technology that hold a substance the lower efficiency stands.
with

substance as (
    select
        pollutant_class,
        pollutant_id,
        true as is_named
    from {{ ref('treatment_class_substance') }}
    where pollutant_id is not null
    union all
    select
        known.pollutant_class,
        pollutant.pollutant_id,
        false as is_named
    from {{ ref('treatment_class_substance') }} as known
    inner join {{ ref('dim_pollutant') }} as pollutant on pollutant.substance_class = known.substance_class
),

candidate as (
    select
        abatement.technology_id,
        scope.technology_code,
        abatement.name_cn as technology,
        scope.stages,
        scope.measure_stage,
        abatement.medium,
        substance.pollutant_id,
        abatement.efficiency,
        abatement.efficiency_low,
        abatement.efficiency_high,
        abatement.pollutant_class,
        substance.is_named,
        abatement.cost_class,
        abatement.cross_media,
        abatement.k_formula,
        abatement.source,
        abatement.verified
    from {{ ref('abatement') }} as abatement
    inner join {{ ref('technology_scope') }} as scope on scope.technology_id = abatement.technology_id
    inner join substance on substance.pollutant_class = abatement.pollutant_class
    where abatement.pollutant_id = '*' and abatement.efficiency is not null
),

published as (
    select *
    from candidate
    qualify
        row_number() over (
            partition by technology_id, medium, pollutant_id
            order by
                case when is_named then 0 else 1 end asc nulls last,
                efficiency asc nulls last,
                pollutant_class asc nulls last
        ) = 1
)

select
    published.technology_id,
    published.technology,
    published.stages,
    published.measure_stage,
    published.medium,
    published.pollutant_id,
    coalesce(measured.efficiency, published.efficiency) as efficiency,
    case when measured.efficiency is null then published.efficiency_low else measured.efficiency_low end as efficiency_low,
    case when measured.efficiency is null then published.efficiency_high else measured.efficiency_high end as efficiency_high,
    measured.n,
    case when measured.efficiency is null then 'published' else 'measured' end as efficiency_basis,
    published.efficiency as published_efficiency,
    published.cost_class,
    published.cross_media,
    published.k_formula,
    coalesce(measured.source, published.source) as source,
    coalesce(measured.verified, published.verified) as verified,
    coalesce(measured.technology_id, published.technology_id) as efficiency_technology_id,
    coalesce(measured.pollutant_class, published.pollutant_class) as efficiency_class,
    coalesce(measured.pollutant_id, '*') as efficiency_pollutant_id
from published
left join {{ ref('abatement') }} as measured
    on
        measured.pollutant_class = 'measured'
        and measured.technology_id = published.technology_code
        and measured.pollutant_id = published.pollutant_id
        and measured.medium = published.medium
