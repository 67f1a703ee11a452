{# Who hands in or checks which indicators. #}
select
    cast(row_number() over (order by min(indicator.indicator_id) asc nulls last) as integer) as row_no,
    indicator.responsible,
    case when indicator.is_computed then '核对本库计算结果' else '填报' end as duty,
    cast(count(*) as integer) as indicator_count,
    {{ listagg_text("indicator.indicator_id || ' ' || indicator.name_cn", '；', 'indicator.indicator_id') }} as indicators
from {{ ref('indicator') }} as indicator
group by indicator.responsible, indicator.is_computed
