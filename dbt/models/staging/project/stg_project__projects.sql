select
    -- ids
    project.project_id,
    project.credit_code,
    -- text
    project.name,
    project.developer,
    project.park,
    project.industry_code,
    project.stage as stage_word,
    project.approval_no,
    project.remark,
    -- times
    project.due_production_on,
    -- record
    {{ provenance('project') }}
from {{ source('project', 'project') }} as project
where not {{ list_has('project._flags', "'DATE-AFTER-AS-OF'") }}
