{# A beach in a year: four dimensions, total, microbial class, veto and level, by the rules of the seed scoring_rule. #}
with

named as (
    select beach_id, year, min(beach) as beach, {{ origin_collect('cells') }} as _origin
    from {{ ref('int_green_index__beach_samples_read') }}
    group by beach_id, year
),

scored as (
    select
        object_id as beach_id,
        period,
        {% for dimension, word in [('nature', '自然'), ('environment', '环境'), ('health', '健康'), ('society', '社会友好')] -%}
        max(case when kind = 'score' and dimension = '{{ word }}' then dimension_points end) as {{ dimension }},
        {% endfor -%}
        max(total) as score,
        min(vetoes) as vetoes,
        min(level) as level_item,
        {{ listagg_text("case when kind = 'veto' and not passed then reason end", '；', 'item_no') }} as veto_reason,
        cast(count(case when kind = 'score' and is_counted and not is_known then 1 end) as integer) as unknown_items
    from {{ ref('int_pilot__objects_scored') }}
    where rule_set = 'beach'
    group by object_id, period
),

classes as (
    select beach_id, year, value_text as microbe_class
    from {{ ref('int_green_index__beaches_measured') }}
    where fact = 'microbe_class'
)

select
    named.beach_id,
    named.year,
    'bathing' as season,
    scored.nature,
    scored.environment,
    scored.health,
    scored.society,
    scored.score,
    classes.microbe_class,
    scored.veto_reason,
    rule.text_cn as level,
    named.beach as name_cn,
    cast(rule.points as integer) as level_no,
    scored.unknown_items,
    named._origin
from named
left join scored on scored.beach_id = named.beach_id and scored.period = {{ to_text('named.year') }}
left join classes on classes.beach_id = named.beach_id and classes.year = named.year
left join {{ ref('scoring_rule') }} as rule
    on rule.rule_set = 'beach' and rule.kind = 'level' and rule.item_id = scored.level_item
