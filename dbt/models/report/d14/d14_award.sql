-- Applications with score, level, amounts and why: the awarded ones first. A condition that nobody knows is to be checked, not broken.
with

against as (
    select result.object_id, {{ listagg_text(against_text('result'), '；', 'result.item_no') }} as told
    from {{ ref('scoring_result') }} as result
    where result.rule_set like 'fund%' and result.kind in ('gate', 'veto') and result.passed is false
    group by result.object_id
)

select
    cast(row_number() over (
        order by
            case when award.award_yuan > 0 then 0 else 1 end asc nulls last, award.place asc nulls last,
            award.application_id asc nulls last
    ) as integer) as row_no,
    award.application_id,
    award.applicant_name,
    coalesce({{ code_word('award.category', 'fund_track') }}, award.category_word) as category,
    award.applied_at,
    case when award.duplicate_of is null then award.score end as score,
    case when award.eligible then level.text_cn end as level_cn,
    award.asked_yuan,
    award.capped_yuan,
    award.award_yuan,
    case
        when award.award_yuan > 0 then '予以奖补'
        when award.award_yuan is null then '待定'
        else '不予奖补'
    end as conclusion,
    case
        when award.duplicate_of is not null then award.reason
        when against.told is not null then against.told
        when not award.eligible and award.score is not null then coalesce('得分不足（最低档要求' || least.steps_cn || '）', award.reason)
        else award.reason
    end as reasons
from {{ ref('fund_award') }} as award
left join against on against.object_id = award.application_id
left join {{ ref('scoring_item') }} as least on least.rule_set = award.category and least.kind = 'level' and least.item_id = 'L3'
left join {{ ref('scoring_item') }} as level
    on level.rule_set = award.category and level.kind = 'level' and level.item_id = 'L' || {{ to_text('award.level_no') }}
