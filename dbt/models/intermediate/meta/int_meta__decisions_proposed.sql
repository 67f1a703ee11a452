{# Winners that wait for a clerk, as rows ready for decisions/*.csv: two files differ on one record, and the one that came last
   is proposed. Until then neither is used. Two records of one file can't be settled by a winner: the file has to be mended. #}
with conflict as (
    select
        raw_table,
        business_key,
        max(file_no) as last_file_no,
        count(distinct file_no) as file_count
    from {{ ref('stg_intake__conflicts') }}
    group by raw_table, business_key
)

select
    'P-' || {{ id16(["'winner'", 'conflict.raw_table', 'conflict.business_key']) }} as decision_id,
    'winner' as kind,
    conflict.raw_table || ':' || conflict.business_key as object,
    files.path as value,
    cast(null as {{ type_string() }}) as role,
    cast(null as date) as date,
    {{ to_text('conflict.file_count') }} || '个文件对同一记录说法不同，建议采用最后收到的 / files differ, the last one is proposed' as reason,
    cast(null as date) as valid_until
from conflict
inner join {{ ref('stg_intake__files') }} as files on files.file_no = conflict.last_file_no
where conflict.file_count > 1
