{# Lists of leak detection that R5 cannot take: of no site, or of several, that the register knows; with leaks but without the share that
   was repaired in time; without a number of leaks. A list that found no leak lacks nothing. #}
with

lists as (
    select
        leak.record_year as year,
        leak.leak_points,
        case
            when found.enterprise_id is null then 'site'
            when leak.leak_points is null then 'points'
            when leak.leak_points > 0 and leak.timely_repair_share is null then 'share'
        end as lack
    from {{ ref('stg_monitoring__leaks') }} as leak
    left join {{ ref('int_inventory__named_records_matched') }} as found
        on found.raw_table = 'monitoring_leak' and found._record_id = leak._record_id
)

select
    'INDICATOR-RECORD:' || min(indicator.indicator_id) || ':' || coalesce({{ to_text('lists.year') }}, '') || ':' || lists.lack as gap_id,
    '绿色指数指标 / indicator R5 ' || min(indicator.name_cn) as subject,
    coalesce({{ to_text('lists.year') }} || '年', '年份不明的') || '泄漏检测表中有 ' || {{ to_text('count(*)') }} || ' 条'
    || case lists.lack
        when 'site' then '对不上唯一的企业 / lists of no single site of the register'
        when 'points' then '没有泄漏点数 / lists without a number of leaks'
        else '没有按期修复率 / lists without the share repaired in time'
    end as missing,
    '未计入' || case
        when sum(lists.leak_points) > 0 then '，涉及泄漏点 ' || {{ to_text('cast(sum(lists.leak_points) as integer)') }} || ' 个'
        else ''
    end || ' / they are left out' as effect,
    'R5' as subject_key
from lists
inner join {{ ref('green_indicator') }} as indicator on indicator.indicator_id = 'R5'
where lists.lack is not null
group by lists.year, lists.lack
