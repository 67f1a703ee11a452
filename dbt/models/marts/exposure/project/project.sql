-- Projects and plans whose EIA needs a health chapter; a plan is one row a scenario.
with

released as (
    select
        project_id,
        min(project_kind) as project_kind,
        min(scenario) as scenario,
        min(name) as name,
        min(developer) as developer,
        min(credit_code) as credit_code,
        min(park) as park,
        min(industry_code) as industry_code,
        min(project_stage) as project_stage,
        min(approval_no) as approval_no,
        min(due_production_on) as due_production_on,
        max(is_committed) as is_committed,
        cast(count(distinct outlet_no) as integer) as outlet_count,
        cast(count(distinct pollutant_id) as integer) as pollutant_count,
        cast(sum(case when increment_t is null then 1 else 0 end) as integer) as unknown_release_count,
        cast(count(distinct case when medium = 'air' and (longitude is null or latitude is null) then outlet_no end) as integer)
            as outlet_without_place_count,
        {{ origin_collect('_origin') }} as release_origin
    from {{ ref('int_exposure__project_releases_listed') }}
    group by project_id
),

stated as (
    select
        project.project_id,
        {{ origin_cells('project_project', 'project', {
            'name': 'name', 'developer': 'developer', 'industry_code': 'industry_code', 'project_stage': 'stage',
            'approval_no': 'approval_no', 'credit_code': 'credit_code'}) }} as _origin
    from {{ ref('stg_project__projects') }} as project
)

select
    released.project_id,
    released.project_kind,
    released.scenario,
    released.name,
    released.developer,
    released.credit_code,
    released.park,
    released.industry_code,
    released.project_stage,
    released.approval_no,
    released.due_production_on,
    released.is_committed,
    released.outlet_count,
    released.pollutant_count,
    released.unknown_release_count,
    released.outlet_without_place_count,
    {{ origin_join(['stated._origin', 'released.release_origin']) }} as _origin
from released
left join stated on stated.project_id = released.project_id
