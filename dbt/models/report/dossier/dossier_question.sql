{# What is open about a source, for the face sheet: problems without an end, an expired permit, gaps, conflicts, fields that
   no register fills, parts that are not built yet. #}
with

content as (
    select dossier.*
    from {{ ref('enterprise_dossier') }} as dossier
    inner join {{ ref('risk_source') }} as risk on risk.enterprise_id = dossier.enterprise_id
),

open_problem as (
    select enterprise_id, section_no, item_no
    from content
    where block = 'problem' and field_code = 'finished_on' and state = 'missing'
),

question as (
    select content.enterprise_id, 1 as kind_no, '未办结的问题' as kind, content.item_no, content.value as question
    from content
    inner join open_problem
        on
            open_problem.enterprise_id = content.enterprise_id
            and open_problem.section_no = content.section_no
            and open_problem.item_no = content.item_no
    where content.block = 'problem' and content.field_code = 'description' and content.value is not null
    union all
    select enterprise_id, 2 as kind_no, '排污许可' as kind, item_no, '许可证' || value as question
    from content
    where block = 'permit' and field_code = 'state_text' and value <> '有效'
    union all
    select enterprise_id, 3 as kind_no, '数据缺口' as kind, item_no, value as question
    from content
    where block = 'gap' and value is not null and value <> '无记录'
    union all
    select
        enterprise_id, 4 as kind_no, '来源冲突' as kind, 1 as item_no,
        {{ to_text('count(*)') }} || '项，见“数据来源、冲突与缺口”' as question
    from content
    where block = 'conflict' and field_code = 'attribute' and value is not null and value <> '无记录'
    group by enterprise_id
    union all
    select
        enterprise_id, 5 as kind_no, '待建' as kind, 1 as item_no,
        {{ listagg_text('block_label', '、', 'section_no, block_label') }} as question
    from content
    where state = 'not_built'
    group by enterprise_id
),

grouped as (
    select
        enterprise_id,
        kind_no,
        kind,
        {{ listagg_text('question', '；', 'item_no, question') }} as question
    from question
    group by enterprise_id, kind_no, kind
)

select
    enterprise_id,
    kind_no as row_no,
    kind,
    question
from grouped
