-- How far grades hang on what is not known well: releases ±20 %, all that was drawn, and the grid of the zones.
with

sources as (
    select
        '风险源' as object,
        '排放量增减两成' as scenario,
        count(case when is_stable_20 is false then 1 end) as changed,
        count(is_stable_20) as total,
        '个' as unit,
        max(as_of) as as_of,
        cast(null as double) as size_m,
        cast(null as double) as offset_m
    from {{ ref('source_grade') }}
    where grade is not null
    union all
    select
        '风险源' as object,
        '全部不确定性抽样，评定等级的概率低于九成' as scenario,
        count(case when {{ list_at('grade_probabilities', 'grade') }} < 0.9 then 1 end) as changed,
        count(*) as total,
        '个' as unit,
        max(as_of) as as_of,
        cast(null as double) as size_m,
        cast(null as double) as offset_m
    from {{ ref('source_grade') }}
    where grade is not null
),

grids as (
    select
        '居民' as object,
        '网格边长' || {{ significant_text('size_m', 4) }} || '米'
        || case when offset_m > 0 then '，平移' || {{ significant_text('offset_m', 4) }} || '米' else '' end as scenario,
        {{ exact_sum('case when grade_from <> grade_to then population else 0 end') }} as changed,
        {{ exact_sum('population') }} as total,
        '人' as unit,
        cast(null as date) as as_of,
        size_m,
        offset_m
    from {{ ref('grid_sensitivity') }}
    group by size_m, offset_m
),

united as (
    select * from sources
    union all
    select * from grids
)

select
    cast(row_number() over (order by object desc nulls last, scenario asc nulls last) as integer) as row_no,
    object,
    scenario,
    cast(changed as double) as changed,
    cast(total as double) as total,
    unit,
    case when total > 0 then 100.0 * changed / total end as changed_pct,
    as_of,
    size_m,
    offset_m
from united
