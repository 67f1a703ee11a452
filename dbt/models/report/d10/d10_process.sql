-- Processes that the manual splits the industry into. Of eight stages those that lack are named where they are the fewer.
with

stage as (
    select
        process.process_id,
        count(*) as all_count,
        count(case when {{ list_has('process.stages', 'label.code') }} then 1 end) as own_count,
        {{ listagg_text("case when " ~ list_has('process.stages', 'label.code') ~ " then label.label_cn end", '、', 'label.sort_no') }}
        as own_stages,
        {{ listagg_text("case when not " ~ list_has('process.stages', 'label.code') ~ " then label.label_cn end", '、', 'label.sort_no') }}
        as lacking_stages
    from {{ ref('dim_process') }} as process
    cross join {{ ref('code_label') }} as label
    where label.code_set = 'stage_of_process'
    group by process.process_id
)

select
    cast(row_number() over (order by process.industry_code asc nulls last, process.process_id asc nulls last) as integer) as row_no,
    process.process_id,
    process.name_cn,
    process.industry_code,
    process.product,
    replace(process.feedstock, ';', '、') as feedstock,
    case
        when stage.own_count = stage.all_count then '全部环节'
        when stage.own_count > stage.all_count / 2 then '除' || stage.lacking_stages || '外的全部环节'
        else stage.own_stages
    end as stages,
    {{ code_word('process.verified', 'verified') }} as verified
from {{ ref('dim_process') }} as process
inner join stage on stage.process_id = process.process_id
where process.is_synthetic_materials and process.product is not null
