-- What the landing folder lacks: sources without files, files that could not be read, records left out.
select
    'SOURCE:' || label.code as gap_id,
    '来源 / source ' || label.label_cn as subject,
    '本期没有有效文件 / no current file' as missing,
    '依赖该来源的表为空 / tables that rest on it are empty' as effect,
    label.code as subject_key,
    'source:' || label.code as about
from {{ ref('code_label') }} as label
left join {{ ref('stg_intake__files') }} as files
    on files.source = label.code and files.status = 'current' and files.records_loaded > 0
where label.code_set = 'source' and label.code <> 'decisions' and files.file_no is null
union all
select
    'FILE:' || {{ to_text('file_no') }} as gap_id,
    '文件 / file ' || path as subject,
    '未能读入 / could not be read' as missing,
    '其中记录未入库，原因见台账隔离记录 / its records are not loaded, the quarantine says why' as effect,
    {{ to_text('file_no') }} as subject_key,
    'source:' || source as about
from {{ ref('stg_intake__files') }}
where status = 'refused'
union all
select
    'QUARANTINE:' || fault.reason_code as gap_id,
    '隔离记录 / quarantined records: ' || coalesce(min(word.label_cn), fault.reason_code) as subject,
    {{ to_text('count(distinct fault.record_id)') }} || ' 条记录未采用 / records left out' as missing,
    '相关合计可能偏低 / sums may be too low' as effect,
    fault.reason_code as subject_key,
    {{ list_text(list_agg_distinct("'source:' || fault.source"), ';') }} as about
from {{ ref('stg_intake__faults') }} as fault
left join {{ ref('reason_code') }} as word on word.reason_code = fault.reason_code
where fault.severity = 'error'
group by fault.reason_code
