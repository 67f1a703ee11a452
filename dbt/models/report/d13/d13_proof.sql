{# What speaks for a case, gate by gate: the fact, what was seen of it, on what day and by what evidence, beside what the gate wants. Of a
   project that was judged for several years the last one. #}
with

judged as (
    select
        result.object_id as project_id,
        result.item_id,
        result.item_no,
        result.dimension,
        result.fact,
        result.period,
        result.item
    from {{ ref('scoring_result') }} as result
    where result.rule_set = 'industry_plus' and result.kind = 'gate' and result.passed
    qualify row_number() over (partition by result.object_id, result.item_id order by result.period desc nulls last) = 1
)

select
    cast(row_number() over (order by chosen.row_no asc nulls last, judged.item_no asc nulls last) as integer) as row_no,
    judged.project_id,
    judged.item_id,
    chosen.name_cn,
    {# the number before the name of a stage is its order #}
    {{ regexp_replace_all('judged.dimension', '^[0-9] ') }} as stage,
    fact.fact_cn,
    case judged.fact
        when 'category' then project.category
        {# money as the tables beside it have it #}
        when 'value_yuan' then {{ number_text('round(project.value_wan_yuan, 1)') }} || '万元'
        else {{ rule_fact_text('item', 'fact') }}
    end as value_cn,
    judged.item as criterion,
    fact.stated_on,
    {{ evidence_word('fact.evidence') }} as evidence
from judged
inner join {{ ref('d13_case') }} as chosen on chosen.project_id = judged.project_id
inner join {{ ref('d13_project') }} as project on project.project_id = judged.project_id
inner join {{ ref('scoring_item') }} as item
    on item.rule_set = 'industry_plus' and item.item_id = judged.item_id and item.kind = 'gate'
left join {{ ref('scoring_fact') }} as fact
    on fact.rule_set = 'industry_plus' and fact.object_id = judged.project_id
    and fact.period = judged.period and fact.fact = judged.fact
