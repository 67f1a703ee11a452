{# Sections 2 and 13: approvals, acceptance, emergency plans, cleaner production; penalties and complaints. The newest first. #}
{%- set blocks = {
    'eia': ['eia'], 'acceptance': ['acceptance'], 'contingency': ['emergency_plan'], 'cleaner': ['cleaner_production'],
    'penalty': ['penalty', 'complaint']} -%}
{%- set fields = {'document_no': 'document_no', 'dated': 'dated', 'content': 'content'} -%}
with

{% for block, kinds in blocks.items() %}
{{ block }} as (
    select
        enterprise_id,
        {{ row_key(['kind', 'document_no', 'dated']) }} as item_key,
        row_number() over (
            partition by enterprise_id
            order by dated desc nulls last, kind asc nulls last, document_no asc nulls last
        ) as item_rank,
        kind_word,
        case when document_no not like 'unknown%' then document_no end as document_no,
        {{ to_text('dated') }} as dated,
        {{ to_text('valid_until') }} as valid_until,
        content,
        'procedure' as source,
        {{ origin_any_file_no('_origin') }} as file_no,
        dated as value_date,
        'reported' as state,
        {{ row_key(['enterprise_id', 'kind', 'document_no', 'dated']) }} as parent_key
    from {{ ref('procedure') }}
    where kind in ('{{ kinds | join("', '") }}')
){{ ',' if not loop.last }}

{% endfor %}

{% for block in blocks %}
{%- set more = {'contingency': {'valid_until': 'valid_until'}, 'penalty': {'kind_word': 'kind'}}.get(block, {}) %}
{{ dossier_of_table(block, block, 'inventory.procedure', dict(fields, **more)) }}
{{ 'union all' if not loop.last }}
{% endfor %}
