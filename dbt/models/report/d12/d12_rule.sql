-- Rules of the index in words.
select
    cast(row_number() over (order by word.sort_no asc nulls last, rule.rule_id asc nulls last) as integer) as row_no,
    rule.rule_id,
    word.label_cn as kind,
    rule.condition_cn,
    rule.text_cn
from {{ ref('index_rule') }} as rule
left join {{ ref('code_label') }} as word on word.code_set = 'index_rule_kind' and word.code = rule.kind
