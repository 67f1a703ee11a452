{# Every fact that the rules of an object ask, known or not. What our tables hold goes before what 评分事实.xlsx states: a count is
   counted. Facts that the scoring itself makes (total, missing dimensions, shares of an award) are not asked of anybody. #}
with

asked as (
    select
        object.rule_set,
        object.object_id,
        {{ to_text('object.year') }} as period,
        object.year,
        source.fact,
        source.fact_cn,
        source.source_kind,
        source.source_table,
        source.source_column,
        sets.object_kind,
        {{ origin_seed('scoring_fact_source', 'source', {'source_table': 'source_table', 'fact_cn': 'fact_cn'}) }} as declared
    from {{ ref('int_pilot__scoring_objects_listed') }} as object
    inner join {{ ref('scoring_rule_set') }} as sets on sets.rule_set = object.rule_set
    inner join {{ seed_rows('scoring_fact_source') }} as source
        on source.rule_set = object.rule_set and source.source_kind <> 'derived'
)

select
    asked.rule_set,
    asked.object_id,
    asked.fact,
    asked.fact_cn,
    asked.period,
    coalesce(counted.value, stated.value) as value,
    counted.value_text,
    case when counted.fact is not null then asked.source_table else 'raw.pilot_fact' end as source_table,
    coalesce(counted.value, stated.value) is not null or counted.value_text is not null as is_known,
    asked.source_kind,
    case when counted.fact is null then stated.dated_on end as stated_on,
    case when counted.fact is null then stated.evidence end as evidence,
    case when counted.fact is not null and counted.source_key is not null then asked.source_table end as parent_table,
    counted.source_key as parent_key,
    case when counted.source_key is not null then asked.source_column end as parent_column,
    {{ origin_join(['asked.declared', 'case when counted.fact is null then stated._origin end']) }} as _origin
from asked
left join {{ ref('int_pilot__facts_computed') }} as counted
    on counted.rule_set = asked.rule_set
    and counted.object_id = asked.object_id
    and counted.year = asked.year
    and counted.fact = asked.fact
    and (counted.value is not null or counted.value_text is not null)
left join {{ ref('int_pilot__facts_stated') }} as stated
    on stated.object_kind = asked.object_kind
    and stated.object_id = asked.object_id
    and stated.fact = asked.fact
    and stated.year = asked.year
