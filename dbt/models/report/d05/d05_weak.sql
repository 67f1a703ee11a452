-- Substances whose method says too little, gathered by medium and reason.
with

gathered as (
    select
        medium_code,
        remark,
        min(row_no) as first_row_no,
        min(medium) as medium,
        cast(count(*) as integer) as item_count,
        cast(sum(site_count) as integer) as site_item_count,
        {{ listagg_text('pollutant', '、') }} as pollutants
    from {{ ref('d05_item') }}
    where is_weak
    group by medium_code, remark
)

select
    cast(row_number() over (order by first_row_no asc nulls last) as integer) as row_no,
    medium_code,
    medium,
    remark,
    item_count,
    site_item_count,
    pollutants
from gathered
