-- Tables of documents that have nothing to print: the subject is the table, so that the document can say why.
select
    'DOCUMENT:' || gap_text.table_name || ':' || gap_text.counted as gap_id,
    gap_text.table_name as subject,
    gap_text.missing,
    gap_text.effect,
    gap_text.table_name as subject_key
from {{ ref('document_gap_text') }} as gap_text
inner join {{ ref('int_meta__document_inputs_counted') }} as counted on counted.counted = gap_text.counted
where counted.input_count = 0
