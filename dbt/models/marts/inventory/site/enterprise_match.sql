{# Which site each source key stands for, by which rule, with which score, and who must still look at it. Keys of supervision and
   of procedures make no site: they find one by permit number, code or a name that one site alone bears, or none (enterprise_id null, NOT-FOUND). #}
{%- set supervised = [
    ('supervision', 'supervision_problem', 'stg_supervision__problems'),
    ('supervision', 'supervision_appeal', 'stg_supervision__appeals'),
    ('procedure', 'procedure_record', 'stg_procedure__records'),
] -%}
with

first_record as (
    select
        source,
        source_key,
        case
            when permit_no is not null then {{ key_origin('permit_no') }}
            when credit_code is not null then {{ key_origin('credit_code') }}
            else {{ key_origin('name') }}
        end as origin
    from {{ ref('int_inventory__enterprise_keys_collected') }}
    qualify
        row_number() over (
            partition by source, source_key
            order by _file_no asc nulls last, _sheet asc nulls last, _row asc nulls last, _field asc nulls last, _record_id asc nulls last
        ) = 1
),

supervised as (
    {% for source, raw_table, model in supervised %}
    select
        '{{ source }}' as source,
        '{{ raw_table }}' as raw_table,
        {{ enterprise_source_key('permit_no', 'credit_code', 'enterprise_name') }} as source_key,
        case when permit_no is not null then 'permit_no' when credit_code is not null then 'credit_code' else 'enterprise_name' end
            as key_column,
        {{ provenance() }}
    from {{ ref(model) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

supervised_key as (
    select
        supervised.source,
        supervised.source_key,
        found.enterprise_id,
        coalesce(found.rule, 'NOT-FOUND') as rule,
        {{ list_of([origin_item(
            source_table='supervised.raw_table', file_no='supervised._file_no', sheet='supervised._sheet',
            first_row='supervised._row', last_row='supervised._row', field='supervised.key_column',
            record_field='supervised._field',
            cell_text="case supervised.key_column when 'permit_no' then " ~ json_text('supervised._cells', 'permit_no')
            ~ " when 'credit_code' then " ~ json_text('supervised._cells', 'credit_code')
            ~ " else " ~ json_text('supervised._cells', 'enterprise_name') ~ " end",
            role="'value'", column_name="'source_key'")]) }} as origin
    from supervised
    left join
        {{ ref('int_inventory__named_records_matched') }} as found
        on found.raw_table = supervised.raw_table and found._record_id = supervised._record_id
    where supervised.source_key is not null
    qualify
        row_number() over (
            partition by supervised.source, supervised.source_key
            order by
                supervised._file_no asc nulls last, supervised._sheet asc nulls last, supervised._row asc nulls last,
                supervised._field asc nulls last, supervised._record_id asc nulls last
        ) = 1
)

select
    matched.source,
    matched.source_key,
    matched.enterprise_id,
    matched.rule,
    matched.match_score,
    matched.status,
    matched.decision_id,
    matched.candidate_id,
    {{ origin_join(['first_record.origin', origin_decision('decision', 'enterprise_id')]) }} as _origin
from {{ ref('int_inventory__enterprise_matched') }} as matched
left join
    first_record
    on first_record.source = matched.source and first_record.source_key = matched.source_key
left join {{ ref('stg_intake__decisions') }} as decision on decision.decision_id = matched.decision_id
union all
select
    source,
    source_key,
    enterprise_id,
    rule,
    case when enterprise_id is not null then 1.0 end as match_score,
    case when enterprise_id is not null then 'automatic' else 'queue' end as status,
    cast(null as {{ type_string() }}) as decision_id,
    cast(null as {{ type_string() }}) as candidate_id,
    origin as _origin
from supervised_key
