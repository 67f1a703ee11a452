-- Processes that the manual splits the industry into.
select
    cast(row_number() over (order by process.industry_code asc nulls last, process.process_id asc nulls last) as integer) as row_no,
    process.process_id,
    process.name_cn,
    process.industry_code,
    process.product,
    process.feedstock,
    (
        select {{ listagg_text('label.label_cn', '、', 'label.sort_no') }}
        from {{ ref('code_label') }} as label
        where label.code_set = 'stage_of_process' and {{ list_has('process.stages', 'label.code') }}
    ) as stages,
    {{ code_word('process.verified', 'verified') }} as verified
from {{ ref('dim_process') }} as process
where process.is_synthetic_materials and process.product is not null
