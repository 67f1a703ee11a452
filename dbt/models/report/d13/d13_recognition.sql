-- Candidates of the leading enterprises and the environment-friendly products in their last year, the recognised ones first. A condition
-- that nobody knows is to be checked, not broken.
with

last_year as (
    select rule_set, object_id, max(period) as period from {{ ref('recognition') }} group by rule_set, object_id
),

against as (
    select
        result.rule_set,
        result.object_id,
        result.period,
        {{ listagg_text(against_text('result'), '；', 'result.item_no') }} as reasons
    from {{ ref('scoring_result') }} as result
    where result.kind in ('gate', 'veto') and result.passed is false
    group by result.rule_set, result.object_id, result.period
)

select
    cast(row_number() over (
        partition by candidate.rule_set
        order by candidate.is_recognised desc nulls last, candidate.score desc nulls last, candidate.object_id asc nulls last
    ) as integer) as row_no,
    candidate.rule_set,
    candidate.object_id,
    candidate.period,
    candidate.name_cn,
    candidate.score,
    candidate.level,
    case when candidate.is_recognised then '予以认定' else '暂不认定' end as conclusion,
    coalesce(against.reasons, case when candidate.is_recognised is false and candidate.score is not null then '得分不足' end) as reasons
from {{ ref('recognition') }} as candidate
inner join last_year
    on last_year.rule_set = candidate.rule_set and last_year.object_id = candidate.object_id
    and last_year.period = candidate.period
left join against
    on against.rule_set = candidate.rule_set and against.object_id = candidate.object_id and against.period = candidate.period
