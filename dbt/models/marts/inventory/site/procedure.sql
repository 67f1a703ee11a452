-- Procedures of a site as the offices' list states them. A kind that the crosswalk does not know, and a number that the list does not
-- state, are `unknown`; several of one day without a number are told apart by `unknown.2`.
with

stated as (
    select
        matched.enterprise_id,
        coalesce(word.code, 'unknown') as kind,
        record.document_no,
        record.dated_on,
        record.valid_until,
        record.content,
        record.procedure_kind_word,
        {{ provenance('record') }}
    from {{ ref('stg_procedure__records') }} as record
    inner join
        {{ ref('int_inventory__named_records_matched') }} as matched
        on matched.raw_table = 'procedure_record' and matched._record_id = record._record_id
    left join
        {{ ref('int_inventory__code_words_normalised') }} as word
        on word.code_set = 'procedure_kind' and word.word = lower(trim(record.procedure_kind_word))
),

numbered as (
    select
        stated.*,
        row_number() over (
            partition by enterprise_id, kind, document_no, dated_on
            order by _file_no desc nulls last, _sheet asc nulls last, _row asc nulls last, _record_id asc nulls last
        ) as occurrence
    from stated
)

select
    enterprise_id,
    kind,
    coalesce(
        document_no, 'unknown' || case when occurrence > 1 then '.' || {{ to_text('occurrence') }} else '' end
    ) as document_no,
    dated_on as dated,
    valid_until,
    content,
    procedure_kind_word as kind_word,
    {{ origin_cells('procedure_record', 'numbered', {
        'kind': 'procedure_kind', 'document_no': 'document_no', 'dated': 'dated_on', 'valid_until': 'valid_until',
        'content': 'content', 'kind_word': 'procedure_kind'}) }} as _origin
from numbered
where document_no is null or occurrence = 1
