{# The change list of this edition against the previous one: what moved, from what to what, and why. Several reasons: the strongest (seed
   change_reason) in `reason`, the others in the detail. Empty in a first edition. #}
with

ranked_reason as (
    select
        found.object_kind,
        found.object_id,
        found.reason,
        seed.priority,
        seed.label_cn,
        {{ listagg_text('found.note', '、') }} as note
    from {{ ref('int_inventory__change_reasons_found') }} as found
    inner join {{ ref('change_reason') }} as seed on seed.reason = found.reason
    group by found.object_kind, found.object_id, found.reason, seed.priority, seed.label_cn
),

explained as (
    select
        object_kind,
        object_id,
        {{ value_at_min('reason', 'priority') }} as reason,
        {{ value_at_min('note', 'priority') }} as note,
        {{ listagg_text('label_cn', '、', 'priority') }} as all_labels,
        count(*) as reason_count
    from ranked_reason
    group by object_kind, object_id
)

select
    object.object_kind,
    object.object_id,
    build.previous_edition,
    object.change,
    concat_ws(
        '；',
        case object.change when 'added' then '新增' when 'removed' then '移出' end,
        case
            when object.rank is distinct from object.previous_rank
                then '位次 ' || coalesce({{ to_text('object.previous_rank') }}, '—') || '→' || coalesce({{ to_text('object.rank') }}, '—')
        end,
        case
            when object.band is distinct from object.previous_band
                then '档次 ' || coalesce(old_band.label_cn, '—') || '→' || coalesce(new_band.label_cn, '—')
        end,
        case
            when object.score is distinct from object.previous_score
                then
                    '得分 ' || coalesce({{ significant_text('object.previous_score', 4) }}, '—')
                    || '→' || coalesce({{ significant_text('object.score', 4) }}, '—')
        end,
        case
            when object.is_high_risk and not coalesce(object.previous_is_high_risk, false) then '列为高风险'
            when object.previous_is_high_risk and not coalesce(object.is_high_risk, false) then '不再列为高风险'
        end,
        object.facts_moved,
        '依据：' || nullif(explained.note, ''),
        case when explained.reason_count > 1 then '原因：' || explained.all_labels end
    ) as detail,
    coalesce(explained.reason, 'NOT-EXPLAINED') as reason,
    object.name,
    object.previous_rank,
    object.rank,
    object.previous_score,
    object.score,
    {{ origin_seed('change_reason', 'reason', {'reason': 'reason'}) }} as _origin
from {{ ref('int_inventory__objects_compared') }} as object
cross join {{ source('intake', 'build') }} as build
left join explained on explained.object_kind = object.object_kind and explained.object_id = object.object_id
left join {{ seed_rows('change_reason') }} as reason on reason.reason = coalesce(explained.reason, 'NOT-EXPLAINED')
{{ code_label_join('old_band', 'band_and_confidence', 'object.previous_band') }}
{{ code_label_join('new_band', 'band_and_confidence', 'object.band') }}
where object.change is not null and build.previous_edition is not null
