{# How the rules judge what a document is about, line by line: what was known, how many points of how many, whether a condition holds.
   Of the assessment year where it was judged then, else of the last year. Awards have lines of their own (d14_item). #}
with

judged as (
    select
        result.*,
        item.deliverable_id as document_id,
        {# of the years of an object the assessment year goes first, then the last #}
        case when result.period = {{ to_text('edition.assessment_year') }} then '9999' else result.period end as preference
    from {{ ref('scoring_result') }} as result
    inner join {{ ref('scoring_item') }} as item
        on item.rule_set = result.rule_set and item.item_id = result.item_id and item.kind = result.kind
    cross join {{ ref('edition') }} as edition
    where
        result.rule_set in ('open_facility', 'publicity', 'expert_team')
        and result.kind in ('gate', 'score', 'veto')
),

levels as (
    select
        rule_set,
        object_id,
        period,
        min(item) as level_cn
    from {{ ref('scoring_result') }}
    where kind = 'level' and passed
    group by rule_set, object_id, period
),

latest as (
    select rule_set, max(preference) as preference
    from judged
    group by rule_set
)

select
    judged.document_id,
    judged.rule_set,
    judged.object_id,
    judged.item_id,
    cast(
        row_number() over (
            partition by judged.document_id
            order by judged.total desc nulls last, judged.object_id asc nulls last, judged.item_no asc nulls last,
                judged.item_id asc nulls last
        ) as integer
    ) as row_no,
    judged.period,
    coalesce(enterprise.name, '全区') as object_name,
    {{ code_word('judged.kind', 'scoring_kind') }} as kind,
    judged.dimension,
    judged.item as text_cn,
    fact.fact_cn || '：' || {{ rule_fact_text('item', 'fact') }} as value_cn,
    judged.points,
    judged.max_points,
    case
        when not judged.is_known and judged.kind = 'score' then '无数据，计0分'
        when not judged.is_known and judged.kind = 'gate' then '无数据，待核'
        when not judged.is_known then '无数据，不触发'
        when judged.kind = 'score' then '计分'
        when judged.kind = 'veto' and judged.passed then '未触发'
        when judged.kind = 'veto' then '触发'
        when judged.passed then '满足'
        else '不满足'
    end as conclusion,
    judged.total,
    levels.level_cn
from judged
inner join latest on latest.rule_set = judged.rule_set and latest.preference = judged.preference
inner join {{ ref('scoring_item') }} as item
    on item.rule_set = judged.rule_set and item.item_id = judged.item_id and item.kind = judged.kind
left join {{ ref('scoring_fact') }} as fact
    on fact.rule_set = judged.rule_set and fact.object_id = judged.object_id
    and fact.period = judged.period and fact.fact = judged.fact
left join levels
    on levels.rule_set = judged.rule_set and levels.object_id = judged.object_id and levels.period = judged.period
left join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = judged.object_id
