-- The graded supervision list, in the order of the codes.
select
    cast(
        row_number() over (
            order by label.sort_no asc nulls last, enterprise.name asc nulls last, enterprise.enterprise_id asc nulls last
        ) as integer
    ) as row_no,
    supervised.enterprise_id,
    {{ listed_name('enterprise') }} as name,
    park.name_cn as park_name,
    coalesce({{ grade_word('supervised.grade') }}, '资料不足') as grade,
    label.label_cn as colour,
    {{ code_word('supervised.mode', 'supervision_mode') }} as mode,
    supervised.inspections_due,
    supervised.next_inspection,
    case when supervised.is_left_alone then '是' else '否' end as is_left_alone,
    coalesce(
        nullif(concat_ws('；', (
            select {{ listagg_text('rule.condition_cn', '；', 'rule.rule_id') }}
            from {{ ref('colour_rule') }} as rule
            where {{ list_has('supervised.focus', 'rule.rule_id') }}
        ), nullif({{ list_text('supervised.event_causes', '；') }}, '')), ''), '—'
    ) as focus
from {{ ref('supervision_list') }} as supervised
inner join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = supervised.enterprise_id
left join {{ ref('dim_area') }} as park on park.area_id = enterprise.park_id
left join {{ ref('code_label') }} as label on label.code_set = 'colour' and label.code = supervised.colour
