{# The rules of each object line by line. Caps of an award are known once awards are made: they stand with the share that was given. #}
with

awarded as (
    select
        award.application_id,
        award.award_yuan / nullif(prepared.asked_yuan, 0) as award_to_request,
        award.award_yuan / nullif(prepared.cost_yuan, 0) as award_to_cost
    from {{ ref('fund_award') }} as award
    inner join {{ ref('int_pilot__applications_prepared') }} as prepared
        on prepared.application_id = award.application_id
),

shares as (
    select application_id as object_id, 'award_to_request' as fact, award_to_request as share from awarded
    union all
    select application_id as object_id, 'award_to_cost' as fact, award_to_cost as share from awarded
)

select
    scored.rule_set,
    scored.object_id,
    scored.item_id,
    scored.period,
    scored.kind,
    scored.points,
    scored.max_points,
    case when shares.share is not null then shares.share <= {{ try_double('rule.bound_high') }} + 1e-9 else scored.passed end
    as passed,
    case
        when shares.share is not null
            then scored.fact || '=' || {{ to_text('round(shares.share, 4)') }} || '，不超过 ' || rule.bound_high
        else scored.reason
    end as reason,
    scored.item_no,
    scored.dimension,
    scored.fact,
    rule.text_cn as item,
    scored.is_known,
    scored.total,
    scored.level
from {{ ref('int_pilot__objects_scored') }} as scored
left join {{ ref('scoring_rule') }} as rule
    on rule.rule_set = scored.rule_set and rule.item_id = scored.item_id and rule.step_no = 1
left join shares on shares.object_id = scored.object_id and shares.fact = scored.fact and scored.kind = 'cap'
