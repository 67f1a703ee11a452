-- Literacy from survey to survey beside the national surveys and targets; the change is the area's own.
with

compared as (
    select
        'survey' as source_kind,
        {{ to_text('level.year') }} as item_id,
        level.year,
        '本区' || {{ to_text('level.year') }} || '年' as item,
        level.n,
        100 * level.estimate as estimate_pct,
        100 * level.ci_low as ci_low_pct,
        100 * level.ci_high as ci_high_pct,
        {{ change_pct('level.change') }} as change_pct,
        100 * level.change_low as change_low_pct,
        100 * level.change_high as change_high_pct,
        level.change_p,
        level.lower_bound,
        case
            when level.change_p < 0.05 and level.change > 0 then '较上期显著上升'
            when level.change_p < 0.05 then '较上期显著下降'
            when level.change_p >= 0.05 then '较上期未见显著变化'
            when lag(level.year) over (order by level.year asc nulls last) is null then '首次调查'
            else '与上期未比较'
        end as comparison
    from {{ ref('literacy') }} as level
    where level.dimension = 'total' and level.group_kind = 'all'
),

newest as (
    select estimate_pct, lower_bound
    from compared
    qualify row_number() over (order by year desc nulls last) = 1
),

lines as (
    select
        source_kind, item_id, year, item, n, estimate_pct, ci_low_pct, ci_high_pct, change_pct, change_low_pct,
        change_high_pct, change_p, comparison
    from compared
    union all
    select
        'benchmark' as source_kind,
        benchmark.benchmark_id as item_id,
        benchmark.year,
        benchmark.name_cn as item,
        benchmark.valid_persons as n,
        100 * benchmark.share as estimate_pct,
        cast(null as double) as ci_low_pct,
        cast(null as double) as ci_high_pct,
        cast(null as double) as change_pct,
        cast(null as double) as change_low_pct,
        cast(null as double) as change_high_pct,
        cast(null as double) as change_p,
        case
            when newest.lower_bound is null then '未比较'
            when newest.lower_bound > benchmark.share then '本区高于'
            when newest.estimate_pct > 100 * benchmark.share then '本区点估计高于，未证明'
            else '本区不高于'
        end as comparison
    from {{ ref('literacy_benchmark') }} as benchmark
    left join newest on true
)

select
    cast(
        row_number() over (order by year asc nulls last, source_kind asc nulls last, item_id asc nulls last) as integer
    ) as row_no,
    *
from lines
