-- Risk at sensitive places with a project, as EIAs add concentrations up (HJ 2.2-2018, 8.8.1): what is there, plus what the project adds,
-- less what it replaces at its own site and takes back in the area, plus what approved and half-built projects will add. Risks are linear
-- in concentrations at these levels, so they add up likewise; cancer and non-cancer are screening sums over pollutants. A plan is
-- judged at the cells where people live too. Where what is there is high already, a project whose own net change is negligible calls
-- for attention (reductions in the area); one that adds more, or that makes it high, is not acceptable.
with

line as (
    select
        {% for name in ['cancer_low', 'cancer_attention', 'cancer_high', 'hazard_index_attention', 'hazard_index_high'] -%}
        max(case when parameter_id = 'risk.{{ name }}' then value end) as {{ name }},
        {% endfor -%}
        max(case when parameter_id = 'project.negligible_hazard_index' then value end) as negligible_hazard_index
    from {{ ref('int_core__parameter_values_chosen') }}
),

project as (
    select project_id, min(project_kind) as project_kind, max(is_committed) as is_committed
    from {{ ref('int_exposure__project_releases_listed') }}
    group by project_id
),

change as (
    select changed.*, project.project_kind, project.is_committed
    from {{ ref('int_exposure__project_changes_summed') }} as changed
    inner join project on project.project_id = changed.project_id
),

committed as (
    select
        change.place_id,
        change.population_group,
        change.project_id,
        {% for outcome in ['cancer_risk', 'hazard_index'] -%}
        change.increment_{{ outcome }} - change.replaced_{{ outcome }} - change.reduction_{{ outcome }}
            as net_{{ outcome }}{{ ',' if not loop.last }}
        {% endfor -%}
    from change
    where change.is_committed
),

others as (
    select
        change.project_id,
        change.place_id,
        change.population_group,
        {{ exact_sum('committed.net_cancer_risk * 1e15') }} / 1e15 as cancer_risk,
        {{ exact_sum('committed.net_hazard_index * 1e12') }} / 1e12 as hazard_index
    from change
    inner join committed
        on committed.place_id = change.place_id
        and committed.population_group = change.population_group
        and committed.project_id <> change.project_id
    group by change.project_id, change.place_id, change.population_group
),

added as (
    select
        change.*,
        total.cancer_risk as baseline_cancer_risk,
        total.hazard_index as baseline_hazard_index,
        coalesce(others.cancer_risk, 0) as under_construction_cancer_risk,
        coalesce(others.hazard_index, 0) as under_construction_hazard_index,
        total.cancer_risk + coalesce(change.increment_cancer_risk, 0) - coalesce(change.replaced_cancer_risk, 0)
        - coalesce(change.reduction_cancer_risk, 0) + coalesce(others.cancer_risk, 0) as cumulative_cancer_risk,
        total.hazard_index + coalesce(change.increment_hazard_index, 0) - coalesce(change.replaced_hazard_index, 0)
        - coalesce(change.reduction_hazard_index, 0) + coalesce(others.hazard_index, 0) as cumulative_hazard_index,
        change.unknown_toxicity_count < change.pollutant_count as is_toxicity_known
    from change
    left join {{ ref('health_risk_total') }} as total
        on total.place_id = change.place_id and total.population_group = change.population_group
    left join others
        on others.project_id = change.project_id
        and others.place_id = change.place_id
        and others.population_group = change.population_group
),

levelled as (
    select
        added.*,
        line.cancer_low,
        line.negligible_hazard_index,
        {{ risk_level('added.baseline_cancer_risk', 'added.baseline_hazard_index', 'line') }} as baseline_level,
        {{ risk_level('added.cumulative_cancer_risk', 'added.cumulative_hazard_index', 'line') }} as cumulative_level,
        coalesce(added.increment_cancer_risk, 0) - coalesce(added.replaced_cancer_risk, 0)
        - coalesce(added.reduction_cancer_risk, 0) as net_cancer_risk,
        coalesce(added.increment_hazard_index, 0) - coalesce(added.replaced_hazard_index, 0)
        - coalesce(added.reduction_hazard_index, 0) as net_hazard_index
    from added
    cross join line
)

select
    levelled.project_id,
    levelled.project_kind,
    levelled.place_id,
    levelled.population_group,
    {% for outcome in ['cancer_risk', 'hazard_index'] -%}
    levelled.baseline_{{ outcome }},
    levelled.increment_{{ outcome }},
    levelled.replaced_{{ outcome }},
    levelled.reduction_{{ outcome }},
    levelled.under_construction_{{ outcome }},
    levelled.cumulative_{{ outcome }},
    {% endfor -%}
    levelled.baseline_level,
    case
        when
            not levelled.is_toxicity_known or levelled.baseline_cancer_risk is null or levelled.baseline_hazard_index is null
            then 'not_assessed'
        when levelled.cumulative_level in ('negligible', 'low') then 'acceptable'
        when levelled.cumulative_level = 'attention' then 'attention'
        when
            levelled.baseline_level = 'high'
            and levelled.net_cancer_risk <= levelled.cancer_low
            and levelled.net_hazard_index <= levelled.negligible_hazard_index
            then 'attention'
        else 'unacceptable'
    end as verdict,
    levelled.pollutant_count,
    levelled.unknown_toxicity_count
from levelled
inner join {{ ref('int_exposure__project_places_chosen') }} as place on place.place_id = levelled.place_id
where place.place_kind = 'receptor' or levelled.project_kind = 'plan'
