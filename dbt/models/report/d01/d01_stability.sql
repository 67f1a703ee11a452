select
    cast(row_number() over (order by scenario asc nulls last) as integer) as row_no,
    scenario,
    case scenario
        when 'without_hazard' then '去掉危害指标'
        when 'without_release' then '去掉排放指标'
        when 'without_exposure' then '去掉暴露指标'
        when 'without_detection' then '去掉检出指标'
        when 'rsei_style' then '改用毒性加权排放量与人口之积排序'
        else scenario
    end as scenario_name,
    spearman,
    kendall,
    pollutant_count
from {{ ref('screening_stability') }}
