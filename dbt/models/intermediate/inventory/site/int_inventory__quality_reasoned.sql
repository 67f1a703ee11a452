{# What the intake found of each raw table, in the eight official words: records refused or flagged (seed quality_dimension says which
   word a reason code belongs to). Every table is asked whether its records are complete, well formed, consistent, logical and
   plausible, one of places also whether they are accurate; where nothing was found that is said too, with field '' and no failing record. #}
{%- set asked_of_all = {'completeness': '必填项齐全', 'conformity': '格式与代码规范', 'consistency': '无重复或矛盾记录', 'logic': '无逻辑错误',
                        'plausibility': '数值在合理范围内'} -%}
{%- set tables_of_places = ['permit_site', 'permit_outlet', 'census_site', 'key_unit_entry', 'site_survey_profile', 'monitoring_site',
                            'receptor_place', 'receptor_population_cell'] -%}
with

booked as (
    select source, raw_table, record_count
    from {{ ref('stg_intake__records_flagged') }}
    where flag = ''
    union all
    -- decisions have no raw table: those in use, and those that the intake refused
    select 'decisions' as source, 'decision' as raw_table, count(*) as record_count
    from {{ ref('stg_intake__decisions') }}
    union all
    select 'decisions' as source, 'decision' as raw_table, count(distinct record_id) as record_count
    from {{ ref('stg_intake__faults') }}
    where source = 'decisions' and severity = 'error'
),

refused as (
    select raw_table, count(distinct record_id) as record_count
    from {{ ref('stg_intake__faults') }}
    where severity = 'error' and raw_table <> ''
    group by raw_table
),

arrived as (
    select
        booked.source,
        booked.raw_table,
        cast(sum(booked.record_count) + coalesce(max(refused.record_count), 0) as bigint) as record_count
    from booked
    left join refused on refused.raw_table = booked.raw_table
    group by booked.source, booked.raw_table
),

arrived_of_source as (
    select source, cast(sum(record_count) as bigint) as record_count
    from arrived
    group by source
),

by_reason as (
    select
        fault.source,
        coalesce(nullif(fault.raw_table, ''), 'file') as table_name,
        coalesce(fault.field, '') as field,
        fault.reason_code,
        fault.severity,
        count(distinct fault.record_id) as failing_count
    from {{ ref('stg_intake__faults') }} as fault
    -- a file in no source's folder says nothing of a source; it is a gap of its own
    where fault.source is not null
    group by fault.source, fault.raw_table, fault.field, fault.reason_code, fault.severity
    union all
    select source, raw_table as table_name, '' as field, flag as reason_code, 'warning' as severity, record_count as failing_count
    from {{ ref('stg_intake__records_flagged') }}
    -- in a permit's limits a mark says that there is no limit: nothing is missing
    where flag <> '' and not (raw_table = 'permit_limit' and flag = 'MISSING-MARK')
),

{# a record with two faults of one field and word counts twice at most: capped at what arrived #}
reasoned as (
    select
        by_reason.source,
        by_reason.table_name,
        by_reason.field,
        dimension.dimension,
        coalesce(max(arrived.record_count), max(arrived_of_source.record_count), sum(by_reason.failing_count)) as checked_count,
        cast(sum(by_reason.failing_count) as bigint) as failing_count,
        {{ listagg_text('reason.label_cn', '；', 'reason.label_cn') }} as rule,
        {{ list_agg_distinct('by_reason.reason_code') }} as reason_codes,
        min(by_reason.severity) as severity
    from by_reason
    inner join {{ ref('quality_dimension') }} as dimension on dimension.reason_code = by_reason.reason_code
    inner join {{ ref('reason_code') }} as reason on reason.reason_code = by_reason.reason_code
    left join arrived on arrived.raw_table = by_reason.table_name
    left join arrived_of_source on arrived_of_source.source = by_reason.source
    group by by_reason.source, by_reason.table_name, by_reason.field, dimension.dimension
),

asked as (
    {% for dimension, rule in asked_of_all.items() %}
    select source, raw_table, record_count, '{{ dimension }}' as dimension, '{{ rule }}' as rule from arrived
    union all
    {% endfor %}
    select source, raw_table, record_count, 'accuracy' as dimension, '坐标未颠倒、未偏移、在区内' as rule
    from arrived
    where raw_table in ('{{ tables_of_places | join("', '") }}')
)

select
    source,
    table_name,
    field,
    dimension,
    checked_count,
    failing_count,
    rule,
    reason_codes,
    severity
from reasoned
union all
select
    asked.source,
    asked.raw_table as table_name,
    '' as field,
    asked.dimension,
    asked.record_count as checked_count,
    0 as failing_count,
    asked.rule,
    {{ list_of([]) }} as reason_codes,
    cast(null as {{ type_string() }}) as severity
from asked
left join reasoned on reasoned.table_name = asked.raw_table and reasoned.dimension = asked.dimension
where asked.record_count > 0 and reasoned.table_name is null and asked.source <> 'decisions'
