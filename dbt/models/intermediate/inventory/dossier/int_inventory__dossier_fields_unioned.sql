{{ config(materialized="view") }}
{# The whole dossier: every block of every site, with one row that says why where a block has no item. #}
{%- set absent = 'cast(null as ' ~ type_string() ~ ')' -%}
with

loaded_source as (
    select distinct source
    from {{ ref('stg_intake__files') }}
    where status = 'current' and records_loaded > 0
    union all
    select 'previous' as source
    from {{ source('intake', 'build') }}
    where previous_edition is not null
),

other as (
    select {{ dossier_columns() }} from {{ ref('int_inventory__dossier_records_filled') }}
    union all
    select {{ dossier_columns() }} from {{ ref('int_inventory__dossier_screening_filled') }}
    union all
    select {{ dossier_columns() }} from {{ ref('int_inventory__dossier_grades_filled') }}
),

present as (
    select
        enterprise_id, block, item_key, item_rank, field, field_id, plain_value, unit, source, file_no, value_date, state,
        parent_table, parent_key, parent_column, origin
    from {{ ref('int_inventory__dossier_basics_unioned') }}
    union all
    select
        other.enterprise_id,
        other.block,
        other.item_key,
        other.item_rank,
        other.field,
        {{ dossier_field_id('other.enterprise_id', 'other.block', 'other.item_key', 'other.field') }} as field_id,
        other.plain_value,
        coalesce(other.unit, field.unit) as unit,
        other.source,
        other.file_no,
        other.value_date,
        case when other.plain_value is null then 'missing' else other.state end as state,
        other.parent_table,
        other.parent_key,
        other.parent_column,
        other.origin
    from other
    inner join {{ ref('dossier_block_field') }} as field on field.block = other.block and field.field = other.field
),

present_block as (
    select distinct enterprise_id, block from present
),

empty_block as (
    select
        enterprise.enterprise_id,
        block.block,
        '-' as item_key,
        1 as item_rank,
        field.field,
        {{ dossier_field_id('enterprise.enterprise_id', 'block.block', "'-'", 'field.field') }} as field_id,
        case when block.when_empty = 'none' and has_answer.is_answer then '无记录' end as plain_value,
        {{ absent }} as unit,
        case when block.when_empty = 'none' and has_answer.is_answer then nullif(nullif(block.needs_source, ''), 'previous') end as source,
        cast(null as integer) as file_no,
        build.as_of as value_date,
        case
            when block.when_empty = 'not_built' then 'not_built'
            when block.when_empty = 'none' and has_answer.is_answer then 'derived'
            else 'missing'
        end as state,
        {{ absent }} as parent_table,
        {{ absent }} as parent_key,
        {{ absent }} as parent_column,
        {{ origin_none() }} as origin
    from {{ ref('dim_enterprise') }} as enterprise
    cross join {{ source('intake', 'build') }} as build
    cross join {{ ref('dossier_block') }} as block
    inner join {{ ref('dossier_block_field') }} as field on field.block = block.block and field.field_no = 1
    inner join
        (
            select block.block, nullif(block.needs_source, '') is null or loaded_source.source is not null as is_answer
            from {{ ref('dossier_block') }} as block
            left join loaded_source on loaded_source.source = block.needs_source
        ) as has_answer
        on has_answer.block = block.block
    left join present_block on present_block.enterprise_id = enterprise.enterprise_id and present_block.block = block.block
    where present_block.block is null
),

every as (
    select * from present
    union all
    select * from empty_block
)

select
    every.enterprise_id,
    block.section_no,
    cast(dense_rank() over (
        partition by every.enterprise_id, block.section_no
        order by block.block_no asc nulls last, every.item_rank asc nulls last, every.item_key asc nulls last
    ) as integer) as item_no,
    block.section,
    block.block,
    block.block_label,
    field.field_no,
    field.label as field,
    every.field as field_code,
    every.field_id,
    every.plain_value,
    nullif(every.unit, '') as unit,
    every.plain_value
    || case when every.unit in ('%', '°', '℃') then every.unit else coalesce(' ' || nullif(every.unit, ''), '') end as value,
    coalesce(source.label_cn, every.source) || coalesce('：' || files.path, '') as source,
    least(every.value_date, build.as_of) as value_date,
    every.state,
    coalesce(
        field.is_confirmable and every.state in ('verified', 'reported', 'missing') and every.item_key <> '-', false
    ) as is_confirmable,
    every.parent_table,
    every.parent_key,
    every.parent_column,
    {{ origin_join([
        'every.origin',
        "case when every.state in ('missing', 'not_built') or (every.parent_table is null and " ~ list_size('every.origin') ~ " = 0) then "
        ~ origin_seed('dossier_block_field', 'field', {'value': 'label'}) ~ ' end',
    ]) }} as origin
from every
cross join {{ source('intake', 'build') }} as build
inner join {{ ref('dossier_block') }} as block on block.block = every.block
inner join {{ seed_rows('dossier_block_field') }} as field on field.block = every.block and field.field = every.field
left join {{ ref('stg_intake__files') }} as files on files.file_no = every.file_no
{{ code_label_join('source', 'source', 'every.source') }}
