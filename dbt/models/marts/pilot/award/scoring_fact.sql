with

units as (
    select rule_set, fact, min(unit) as unit from {{ ref('scoring_rule') }} group by rule_set, fact
)

select
    gathered.rule_set,
    gathered.object_id,
    gathered.fact,
    gathered.fact_cn,
    gathered.period,
    gathered.value,
    gathered.value_text,
    units.unit,
    gathered.source_table,
    gathered.is_known,
    gathered.source_kind,
    gathered.stated_on,
    gathered.evidence,
    gathered.parent_table,
    gathered.parent_key,
    gathered.parent_column,
    coalesce(gathered._origin, {{ origin_none() }}) as _origin
from {{ ref('int_pilot__scoring_facts_gathered') }} as gathered
left join units on units.rule_set = gathered.rule_set and units.fact = gathered.fact
