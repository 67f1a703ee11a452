{# Projects and plans, with the one that the health chapter is filled for: the first proposed project that is not yet approved, else the
   first project. #}
with

risk as (
    select
        project_id,
        max(increment_cancer_risk) as max_increment_cancer_risk,
        max(cumulative_cancer_risk) as max_cumulative_cancer_risk,
        max(cumulative_hazard_index) as max_cumulative_hazard_index,
        max(case verdict when 'unacceptable' then 3 when 'attention' then 2 when 'acceptable' then 1 else 0 end) as worst
    from {{ ref('project_scenario') }}
    where population_group = 'resident_life' and place_id like 'R:%'
    group by project_id
)

select
    cast(row_number() over (order by project.project_kind desc nulls last, project.project_id asc nulls last) as integer) as row_no,
    project.project_id,
    {{ code_word('project.project_kind', 'project_kind') }} as kind,
    project.name || coalesce('（' || project.scenario || '）', '') as name,
    project.developer,
    project.park,
    coalesce(industry.name_cn || '（' || project.industry_code || '）', project.industry_code) as industry,
    {{ code_word('project.project_stage', 'project_stage') }} as stage,
    project.approval_no,
    project.outlet_count,
    project.pollutant_count,
    project.unknown_release_count,
    risk.max_increment_cancer_risk,
    risk.max_cumulative_cancer_risk,
    risk.max_cumulative_hazard_index,
    case risk.worst when 3 then '不可接受' when 2 then '需关注' when 1 then '可接受' else '未判定' end as verdict,
    project.project_kind = 'project'
    and row_number() over (
        partition by project.project_kind
        order by
            case when project.project_stage = 'proposed' and not project.is_committed then 0 else 1 end asc nulls last,
            project.project_id asc nulls last
    ) = 1 as is_chapter
from {{ ref('project') }} as project
left join risk on risk.project_id = project.project_id
left join {{ ref('dim_process') }} as industry on industry.process_id = project.industry_code
