-- Substances whose method says too little, gathered by medium and reason.
select
    cast(row_number() over (order by min(row_no) asc nulls last, remark asc nulls last) as integer) as row_no,
    medium_code,
    min(medium) as medium,
    remark,
    cast(count(*) as integer) as item_count,
    cast(sum(site_count) as integer) as site_item_count,
    {{ listagg_text('pollutant', '、') }} as pollutants
from {{ ref('d05_item') }}
where is_weak
group by medium_code, remark
