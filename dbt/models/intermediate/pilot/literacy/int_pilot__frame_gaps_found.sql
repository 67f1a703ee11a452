{# What the frame of villages leaves open for the draw: villages without people of 15 to 69 years cannot be drawn, villages without a
   street or a kind make a stratum of their own, a frame smaller than the draw is taken whole, a stratum without a point is not
   surveyed. #}
with

wanted as (
    select cast(value as integer) as points
    from {{ ref('int_core__parameter_values_chosen') }}
    where parameter_id = 'literacy.points'
),

village as (
    select
        prepared.point_id,
        prepared.village,
        prepared.stratum,
        coalesce(prepared.persons, 0) > 0 as has_size,
        coalesce(trim(frame.street), '') <> '' and coalesce(trim(frame.village_kind), '') <> '' as has_stratum
    from {{ ref('int_pilot__frame_prepared') }} as prepared
    inner join {{ ref('stg_literacy__frames') }} as frame
        on frame.village = prepared.village and coalesce(frame.street, '') = coalesce(prepared.street, '')
),

open_stratum as (
    select distinct village.stratum
    from village
    where not exists (
        select 1 from {{ ref('int_pilot__points_drawn') }} as drawn
        where drawn.stratum = village.stratum and not drawn.is_replacement
    )
),

reasons as (
    select
        'SAMPLE-NO-SIZE' as reason,
        {{ to_text('count(*)') }} || ' 个村居没有15–69岁人数：' || {{ listagg_text('village', '、', 'point_id') }} as missing
    from village
    where not has_size
    having count(*) > 0
    union all
    select
        'SAMPLE-NO-STRATUM' as reason,
        {{ to_text('count(*)') }} || ' 个村居未注街道或者类别：' || {{ listagg_text('village', '、', 'point_id') }} as missing
    from village
    where not has_stratum
    having count(*) > 0
    union all
    select
        'SAMPLE-SMALL-FRAME' as reason,
        '要抽 ' || {{ to_text('wanted.points') }} || ' 个监测点，抽样框只有 '
        || {{ to_text('count(case when village.has_size then 1 end)') }} || ' 个村居可抽' as missing
    from village
    cross join wanted
    group by wanted.points
    having count(case when village.has_size then 1 end) < wanted.points
    union all
    select
        'SAMPLE-STRATUM-OPEN' as reason,
        '没有监测点的层：' || {{ listagg_text("case when stratum = '' then '（未注）' else stratum end", '、', 'stratum') }} as missing
    from open_stratum
    having count(*) > 0
)

select
    'LITERACY:' || reason as gap_id,
    '素养调查抽样框 / frame of the literacy survey' as subject,
    missing,
    case reason
        when 'SAMPLE-NO-SIZE' then '不能按规模抽取，不在调查范围内 / cannot be drawn by size, not covered'
        when 'SAMPLE-NO-STRATUM' then '另成一层 / they make a stratum of their own'
        when 'SAMPLE-SMALL-FRAME' then '全部入样 / all are taken'
        else '该层居民不在调查范围内 / its residents are not covered'
    end as effect,
    reason as subject_key
from reasons
