-- Candidates of the leading enterprises and the environment-friendly products in their last year, the recognised ones first.
with

last_year as (
    select rule_set, object_id, max(period) as period from {{ ref('recognition') }} group by rule_set, object_id
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
    (
        select {{ listagg_text('item.text_cn', '；', 'item.item_id') }}
        from {{ ref('scoring_item') }} as item
        where item.rule_set = candidate.rule_set and {{ list_has('candidate.reason_codes', 'item.item_id') }}
    ) as reasons
from {{ ref('recognition') }} as candidate
inner join last_year
    on last_year.rule_set = candidate.rule_set and last_year.object_id = candidate.object_id
    and last_year.period = candidate.period
