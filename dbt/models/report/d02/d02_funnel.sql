{# From the sites that any register names to the high-risk sources, step by step. #}
with

sites as (
    select
        cast(count(*) as integer) as known,
        cast(count(case when status in ('operating', 'not_rated') or status is null then 1 end) as integer) as operating
    from {{ ref('dim_enterprise') }}
),

sources as (
    select
        cast(count(*) as integer) as listed,
        cast(count(case when rank is not null then 1 end) as integer) as rated,
        cast(count(case when band = 'high' then 1 end) as integer) as high
    from {{ ref('risk_source') }}
),

steps as (
    select 1 as row_no, '调查' as step, '各来源登记的生产场所' as rule, known as kept, 0 as removed from sites
    union all
    select 2 as row_no, '列入' as step, '排放、使用或许可排放任一风险污染物' as rule, sources.listed as kept,
        sites.known - sources.listed as removed
    from sites cross join sources
    union all
    select 3 as row_no, '评分' as step, '排放量、毒性与坐标足以评分' as rule, rated as kept, listed - rated as removed
    from sources
    union all
    select 4 as row_no, '高风险' as step, '得分达到高风险下限' as rule, high as kept, rated - high as removed from sources
)

select
    row_no,
    step,
    rule,
    kept,
    removed,
    'inventory.risk_source' as used_by
from steps
