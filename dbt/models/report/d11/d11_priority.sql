{# Priority pollutants of a plan: those that make up most of what it adds to the people around by air, or of its releases to water weighed
   by their toxicity when swallowed (no dilution is known, so this is no risk), and those that are banned, restricted or new. #}
with

line as (
    select max({{ try_double('value') }}) as share_pct
    from {{ ref('parameter_used') }}
    where parameter_id = 'project.priority_share_pct'
),

added as (
    select
        project_id,
        pollutant_id,
        {{ exact_sum("case when medium = 'air' then increment_t end") }} as increment_air_t,
        {{ exact_sum("case when medium = 'water' then increment_t end") }} as increment_water_t,
        {{ exact_sum('mean_increment_cancer_risk * 1e15') }} / 1e15 as cancer_risk,
        {{ exact_sum('mean_increment_hazard_quotient * 1e12') }} / 1e12 as hazard_quotient
    from {{ ref('project_source') }}
    where project_kind = 'plan'
    group by project_id, pollutant_id
),

weighed as (
    select added.*, toxicity.oral_weight, added.increment_water_t * toxicity.oral_weight as weighted_water_t
    from added
    left join {{ ref('toxicity_weight') }} as toxicity on toxicity.pollutant_id = added.pollutant_id
),

shared as (
    select
        weighed.*,
        100 * cancer_risk * 1e15 / nullif({{ exact_sum_over('cancer_risk * 1e15', 'partition by project_id') }}, 0) as cancer_share_pct,
        100 * hazard_quotient * 1e12 / nullif({{ exact_sum_over('hazard_quotient * 1e12', 'partition by project_id') }}, 0)
            as hazard_share_pct,
        100 * weighted_water_t / nullif({{ exact_sum_over('weighted_water_t', 'partition by project_id') }}, 0)
            as water_share_pct
    from weighed
),

largest as (
    select
        shared.*,
        greatest(coalesce(cancer_share_pct, 0), coalesce(hazard_share_pct, 0), coalesce(water_share_pct, 0))
            as larger_share_pct
    from shared
)

select
    cast(
        row_number() over (
            order by
                shared.project_id asc nulls last, shared.larger_share_pct desc nulls last, shared.pollutant_id asc nulls last
        ) as integer
    ) as row_no,
    shared.project_id,
    shared.pollutant_id,
    project.scenario,
    coalesce(pollutant.name_cn, shared.pollutant_id) as pollutant,
    shared.increment_air_t,
    shared.increment_water_t,
    shared.cancer_share_pct,
    shared.hazard_share_pct,
    shared.water_share_pct,
    case when pollutant.is_new_pollutant then '是' else '否' end as is_new,
    case pollutant.control when 'banned' then '禁止' when 'restricted' then '限制' end as control,
    case
        when pollutant.control is not null or coalesce(pollutant.is_new_pollutant, false)
            or shared.cancer_share_pct >= line.share_pct or shared.hazard_share_pct >= line.share_pct
            or shared.water_share_pct >= line.share_pct then '列入'
        when shared.increment_air_t is not null and not pollutant.has_inhalation_toxicity then '毒性未知，待补'
        when shared.increment_water_t is not null and shared.oral_weight is null then '毒性未知，待补'
        else '不列入'
    end as priority
from largest as shared
cross join line
inner join {{ ref('project') }} as project on project.project_id = shared.project_id
left join {{ ref('project_pollutant') }} as pollutant
    on pollutant.project_id = shared.project_id and pollutant.pollutant_id = shared.pollutant_id
