{# Leading enterprises and environment-friendly products by their rule sets, in each year for which facts are stated. #}
with

judged as (
    select
        rule_set,
        object_id,
        period,
        max(total) as score,
        min(level) as level_item,
        {{ list_agg_distinct("case when kind in ('gate', 'veto') and not passed then item_id end") }} as reason_codes
    from {{ ref('int_pilot__objects_scored') }}
    where rule_set in ('leading_enterprise', 'friendly_product')
    group by rule_set, object_id, period
),

named as (
    select object_kind, object_id, min(object_name) as object_name
    from {{ ref('int_pilot__facts_stated') }}
    group by object_kind, object_id
)

select
    judged.rule_set,
    judged.object_id,
    judged.period,
    site.enterprise_id,
    coalesce(site.name, named.object_name) as name_cn,
    judged.score,
    cast(level.points as integer) as level_no,
    level.text_cn as level,
    coalesce(level.points = 1, false) as is_recognised,
    judged.reason_codes
from judged
inner join {{ ref('scoring_rule_set') }} as rules on rules.rule_set = judged.rule_set
left join named on named.object_kind = rules.object_kind and named.object_id = judged.object_id
left join {{ ref('dim_enterprise') }} as site on site.enterprise_id = judged.object_id
left join {{ ref('scoring_rule') }} as level
    on level.rule_set = judged.rule_set and level.kind = 'level' and level.item_id = judged.level_item
