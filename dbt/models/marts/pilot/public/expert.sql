{# One row a person; several fields of one person stand together. A name is shown only where its owner agreed (staging). #}
with

told as (
    select
        expert.*,
        coalesce(word.code = 'true', false) as is_active,
        {{ origin_cells('pilot_expert', 'expert', {
            'expert_key': 'expert_key', 'display_name': 'display_name', 'field': 'field', 'title': 'title',
            'trainings': 'trainings', 'is_active': 'active', 'organisation': 'organisation'
        }) }} as cells
    from {{ ref('stg_pilot__experts') }} as expert
    left join {{ ref('crosswalk_code') }} as word on word.code_set = 'yes_no' and word.word = trim(expert.active_word)
    where expert.expert_key is not null
)

select
    expert_key,
    min(display_name) as display_name,
    {{ listagg_text('field', '、', 'field') }} as field,
    min(title) as title,
    cast(max(trainings) as integer) as trainings,
    bool_or(is_active) as is_active,
    min(organisation) as organisation,
    {{ origin_collect('cells') }} as _origin
from told
group by expert_key
