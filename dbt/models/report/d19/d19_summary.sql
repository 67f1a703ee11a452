{# One row: the figures that the text of D19 quotes. #}
with

last_year as (
    select max(year) as year from {{ ref('literacy') }}
),

whole as (
    select
        level.year,
        level.n,
        100 * level.estimate as estimate_pct,
        100 * level.ci_low as ci_low_pct,
        100 * level.ci_high as ci_high_pct,
        100 * level.lower_bound as lower_bound_pct,
        level.design_effect,
        {{ code_word('level.weight_basis', 'literacy_weight_basis') }} as weight_basis,
        level.weight_basis = 'draw' as is_drawn,
        case level.weighting
            when 'raked' then '按人口结构校准并截尾'
            when 'raked_partly' then '按人口结构校准并截尾，没有受访者的类别不参与校准，估计不代表该类人群'
            when 'not_converged' then '人口结构的校准没有收敛，按校准前的权数估计'
            else '没有总体分布，未作校准'
        end
        || case
            when level.lonely_strata > 0
                then '；' || {{ to_text('level.lonely_strata') }} || '个层只有一个初级单元，该层误差以总均值为中心，偏大'
            else ''
        end as weighting_cn,
        {{ change_pct('level.change') }} as change_pct,
        100 * level.change_low as change_low_pct,
        100 * level.change_high as change_high_pct,
        level.change_p,
        100 * level.threshold as threshold_pct,
        {{ code_word('level.target_result', 'target_result') }} as result
    from {{ ref('literacy') }} as level
    inner join last_year on last_year.year = level.year
    where level.dimension = 'total' and level.group_kind = 'all'
),

strict as (
    select
        level.year,
        '；按' || {{ to_text('cast(round(level.threshold_pct) as integer)') }} || '%合格线为'
        || {{ to_text('round(level.estimate_pct, 1)') }} || '%，' || level.result as told
    from {{ ref('d19_level') }} as level
    where level.dimension_code = 'total' and level.group_kind = 'all_strict'
),

quality as (
    select
        quality.year,
        100 * cast(sum(quality.valid) as double) / nullif(sum(greatest(quality.returned, coalesce(quality.responded, 0))), 0) as valid_pct,
        100 * cast(sum(quality.rechecked) as double) / nullif(sum(quality.valid), 0) as rechecked_pct,
        100 * {{ exact_sum('quality.consistent_share * quality.rechecked') }}
        / nullif(sum(case when quality.consistent_share is not null then quality.rechecked end), 0) as consistent_pct
    from {{ ref('literacy_quality') }} as quality
    group by quality.year
),

target as (
    select
        100 * max(case when parameter_id = 'target.literacy_share' then {{ try_double('value') }} end) as target_pct,
        max(case when parameter_id = 'literacy.threshold_share' and verified = 'memory' then '；合格线待主管部门确定' end) as line_cn
    from {{ ref('parameter_used') }}
),

frame as (
    select max(year) as frame_year from {{ ref('literacy_point') }}
),

needed as (
    select max(persons) as persons from {{ ref('literacy_plan') }}
    where basis = 'plan'
),

drawn as (
    select year, cast(sum(sampled) as integer) as sampled
    from {{ ref('d19_quality') }}
    group by year
),

{# the lowest of the parts of the whole, then of each kind of group; equal ones by name #}
ranked as (
    select
        0 as sort_no,
        dimension as item,
        estimate_pct,
        row_number() over (order by estimate_pct asc nulls last, dimension asc nulls last) as place
    from {{ ref('d19_level') }}
    inner join last_year using (year)
    where group_kind = 'all' and dimension_code <> 'total' and estimate_pct is not null
    union all
    select
        1 as sort_no,
        group_cn as item,
        estimate_pct,
        row_number() over (partition by group_kind order by estimate_pct asc nulls last, group_value asc nulls last) as place
    from {{ ref('d19_group') }}
    inner join last_year using (year)
    where estimate_pct is not null
),

lowest as (
    select
        {{ listagg_text("item || '（' || " ~ to_text('round(estimate_pct, 1)') ~ " || '%）'", '、', 'item') }} as items,
        sort_no
    from ranked
    where place = 1
    group by sort_no
)

select
    'D19' as document_id,
    whole.*,
    '按' || {{ to_text('cast(round(whole.threshold_pct) as integer)') }} || '%合格线' || whole.result || coalesce(strict.told, '')
    || coalesce(target.line_cn, '') as result_cn,
    trend.comparison as trend_cn,
    target.target_pct,
    quality.valid_pct,
    quality.rechecked_pct,
    quality.consistent_pct,
    case
        when frame.frame_year is null then '抽样框未报送'
        when whole.is_drawn then '本次调查的监测点在其中，分层与监测点按年度列出'
        else '下表为按' || {{ to_text('frame.frame_year') }} || '年抽样框为下一次调查抽取的监测点，不是'
            || {{ to_text('whole.year') }} || '年调查的设计；' || {{ to_text('whole.year') }}
            || '年调查的初级单元不在其中，权数取自报送的文件'
    end as frame_cn,
    case
        when drawn.sampled < needed.persons
            then '按方案假设应抽' || {{ to_text('needed.persons') }} || '人，本次实际抽取' || {{ to_text('drawn.sampled') }}
                || '人，少于应抽人数，区间相应较宽'
        when drawn.sampled >= needed.persons
            then '按方案假设应抽' || {{ to_text('needed.persons') }} || '人，本次实际抽取' || {{ to_text('drawn.sampled') }} || '人，不少于应抽人数'
        else '应抽或者实抽人数未知，不作比较'
    end as sample_cn,
    '维度为' || coalesce(dimension.items, '（未知）') || '，人群为' || coalesce(person.items, '（未知）') as lowest_cn,
    edition.edition_no
from {{ ref('edition') }} as edition
cross join target
cross join frame
cross join needed
left join whole on true
left join {{ ref('d19_trend') }} as trend on trend.source_kind = 'survey' and trend.year = whole.year
left join drawn on drawn.year = whole.year
left join lowest as dimension on dimension.sort_no = 0
left join lowest as person on person.sort_no = 1
left join strict on strict.year = whole.year
left join quality on quality.year = whole.year
