-- What projects and plans would release, one row an outlet (of a plan: a plot), pollutant and medium. A plan is one object a scenario:
-- `<plan_id>:<scenario>`. A project counts as under construction or about to be (its loads add to those of others) when it is being
-- built, or its EIA is approved and it has not begun.
with

project as (
    select
        project.project_id,
        project.name,
        project.developer,
        project.credit_code,
        project.park,
        {{ regexp_replace_all('project.industry_code', '^[A-Z]') }} as industry_code,
        project.approval_no,
        project.due_production_on,
        stage.code as project_stage
    from {{ ref('stg_project__projects') }} as project
    left join {{ ref('crosswalk_code') }} as stage
        on stage.code_set = 'project_stage' and lower(stage.word) = lower(trim(project.stage_word))
),

united as (
    select
        release_row.project_id,
        'project' as project_kind,
        project.name,
        project.developer,
        project.credit_code,
        project.park,
        project.industry_code,
        cast(null as {{ type_string() }}) as industry_name,
        cast(null as {{ type_string() }}) as scenario,
        project.project_stage,
        project.approval_no,
        project.due_production_on,
        coalesce(
            project.project_stage in ('approved', 'under_construction')
            or (project.project_stage = 'proposed' and project.approval_no is not null), false
        ) as is_committed,
        release_row.outlet_no,
        kind.code as outlet_kind,
        release_row.longitude,
        release_row.latitude,
        release_row.height_m,
        release_row.diameter_m,
        release_row.temperature_k,
        release_row.velocity_m_s,
        release_row.source_width_m as width_m,
        release_row.pollutant_id,
        release_row.medium_word,
        release_row.increment_t,
        coalesce(release_row.replaced_t, 0) as replaced_t,
        coalesce(release_row.reduction_t, 0) as reduction_t,
        {{ origin_cells('project_release', 'release_row', {
            'increment_t': 'increment_t', 'replaced_t': 'replaced_t', 'reduction_t': 'reduction_t', 'outlet_no': 'outlet_no',
            'pollutant_id': 'pollutant_id'}) }} as _origin
    from {{ ref('stg_project__releases') }} as release_row
    left join project on project.project_id = release_row.project_id
    left join {{ ref('crosswalk_code') }} as kind
        on kind.code_set = 'outlet_kind' and lower(kind.word) = lower(trim(release_row.outlet_kind_word))
    union all
    select
        plan_release.plan_id || ':' || plan_release.scenario as project_id,
        'plan' as project_kind,
        plan_release.name,
        null as developer,
        null as credit_code,
        null as park,
        null as industry_code,
        plan_release.industry as industry_name,
        plan_release.scenario,
        'proposed' as project_stage,
        null as approval_no,
        null as due_production_on,
        false as is_committed,
        plan_release.plot as outlet_no,
        'fugitive' as outlet_kind,
        plan_release.longitude,
        plan_release.latitude,
        null as height_m,
        null as diameter_m,
        null as temperature_k,
        null as velocity_m_s,
        sqrt(plan_release.area_km2) * 1000.0 as width_m,
        plan_release.pollutant_id,
        plan_release.medium_word,
        plan_release.emission_t as increment_t,
        0 as replaced_t,
        0 as reduction_t,
        {{ origin_cells('project_plan_release', 'plan_release', {
            'increment_t': 'emission_t', 'outlet_no': 'plot', 'pollutant_id': 'pollutant_id'}) }} as _origin
    from {{ ref('stg_project__plan_releases') }} as plan_release
)

select
    united.*,
    united.project_id || '|' || united.outlet_no as source_id,
    medium.code as medium
from united
left join {{ ref('crosswalk_code') }} as medium
    on medium.code_set = 'medium_of_emission' and lower(medium.word) = lower(trim(united.medium_word))
