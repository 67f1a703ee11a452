{# Who hands in or checks which indicators. #}
with

duties as (
    select
        responsible,
        is_computed,
        min(indicator_id) as first_id,
        cast(count(*) as integer) as indicator_count,
        {{ listagg_text("indicator_id || ' ' || name_cn", '；', 'indicator_id') }} as indicators
    from {{ ref('indicator') }}
    group by responsible, is_computed
)

select
    cast(row_number() over (order by first_id asc nulls last) as integer) as row_no,
    responsible,
    case when is_computed then '核对本库计算结果' else '填报' end as duty,
    indicator_count,
    indicators
from duties
