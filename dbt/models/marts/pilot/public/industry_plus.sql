{# A project is converted when every stage gate of the rule set is passed and no veto fires (docs/pilot.md). #}
with

judged as (
    select
        object_id,
        bool_and(gates_passed) as gates_passed,
        count(vetoes) as veto_count
    from {{ ref('int_pilot__objects_scored') }}
    where rule_set = 'industry_plus'
    group by object_id
),

projects as (
    select
        record.*,
        {{ id16(["'pilot_industry'", 'record.project']) }} as project_id,
        word.code as category_code
    from {{ ref('stg_pilot__industries') }} as record
    left join {{ ref('crosswalk_code') }} as word
        on word.code_set = 'industry_category' and word.word = trim(record.category_word)
    where record.project is not null
)

select
    projects.project_id,
    coalesce(projects.category_code, projects.category_word) as category,
    projects.industry,
    projects.stage_word as stage,
    projects.value_yuan,
    coalesce(judged.gates_passed and judged.veto_count = 0, false) as is_converted,
    projects.project as name_cn,
    projects.evidence,
    {{ origin_cells('pilot_industry', 'projects', {
        'category': 'category', 'industry': 'industry', 'stage': 'stage', 'value_yuan': 'value_yuan',
        'name_cn': 'project', 'evidence': 'evidence'
    }) }} as _origin
from projects
left join judged on judged.object_id = projects.project_id
