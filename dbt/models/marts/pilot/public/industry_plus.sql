{# A project passes through five stages, each by its gates (rule set industry_plus): the stage reached is the last one before the first gate
   that is not passed. Converted is who has passed all and fires no veto (docs/scoring.md). #}
with

items as (
    select
        result.object_id,
        result.item_id,
        result.kind,
        result.passed,
        cast(substr(result.dimension, 1, 1) as integer) as stage_no
    from {{ ref('int_pilot__objects_scored') }} as result
    where result.rule_set = 'industry_plus' and result.kind in ('gate', 'veto')
),

judged as (
    select
        object_id,
        bool_and(passed) as is_converted,
        coalesce(min(case when kind = 'gate' and not passed then stage_no end) - 1, max(stage_no)) as stage_reached,
        bool_or(item_id = 'S4A' and passed) as is_value_verified,
        {{ list_agg_distinct("case when kind = 'gate' and not passed then item_id end") }} as open_gates,
        {{ list_agg_distinct("case when kind = 'veto' and not passed then item_id end") }} as vetoes
    from items
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
    coalesce(judged.is_converted, false) as is_converted,
    projects.project as name_cn,
    projects.evidence,
    projects.implementer,
    projects.input_yuan,
    projects.accounting_method,
    judged.stage_reached,
    coalesce(judged.is_value_verified, false) as is_value_verified,
    coalesce(judged.open_gates, {{ list_of([]) }}) as open_gates,
    coalesce(judged.vetoes, {{ list_of([]) }}) as vetoes,
    {{ origin_cells('pilot_industry', 'projects', {
        'category': 'category', 'industry': 'industry', 'stage': 'stage', 'value_yuan': 'value_yuan',
        'name_cn': 'project', 'evidence': 'evidence', 'implementer': 'implementer', 'input_yuan': 'input_yuan',
        'accounting_method': 'accounting_method'
    }) }} as _origin
from projects
left join judged on judged.object_id = projects.project_id
