{# Share of valid hours of on-line instruments in the quarter that ended last, the worst item of each outlet: valid hours over hours
   planned, standstill taken out of them (HJ 75: 季度有效数据捕集率). Only where each of its three months has hours and every mark of them is
   understood; nobody knows of others whether the instrument, the plant or the delivery failed. #}
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
),

quarter as (
    select
        site_id,
        pollutant_id,
        {{ period_of(try_date("period || '-01'"), 'quarter') }} as period,
        count(stopped_hours) as known_months,
        sum(planned_hours) as planned_hours,
        sum(valid_hours) as valid_hours,
        sum(stopped_hours) as stopped_hours
    from {{ ref('monitoring_capture') }}
    where source_kind = 'online'
    group by site_id, pollutant_id, {{ period_of(try_date("period || '-01'"), 'quarter') }}
),

newest as (
    select
        quarter.*,
        cast(quarter.valid_hours as double) / nullif(quarter.planned_hours, 0) as share,
        {{ period_last_day('quarter.period') }} as ended_on
    from quarter
    cross join build
    -- a quarter has at most 92 days
    where {{ period_last_day('quarter.period') }} > build.as_of - 92 and {{ period_last_day('quarter.period') }} <= build.as_of
    qualify
        row_number() over (
            partition by quarter.site_id, quarter.pollutant_id order by quarter.period desc nulls last
        ) = 1
),

worst as (
    select *
    from newest
    where known_months = 3 and share is not null
    qualify row_number() over (partition by site_id order by share asc nulls last, pollutant_id asc nulls last) = 1
)

select
    site.enterprise_id,
    worst.site_id as object,
    'cems_completeness' as fact,
    worst.share as value,
    cast(null as boolean) as is_true,
    coalesce(site.name, '排放口' || {{ outlet_word("split_part(worst.site_id, ':', 3)") }}) || '，' || {{ period_cn('worst.period') }}
    || coalesce(pollutant.name_cn, worst.pollutant_id) || '应有' || {{ to_text('worst.planned_hours') }} || '小时（已扣除停产'
    || {{ to_text('worst.stopped_hours') }} || '小时），有效' || {{ to_text('worst.valid_hours') }} || '小时' as description,
    'exposure.quality_control|' || worst.site_id || '|' || worst.pollutant_id || '|' || worst.period as evidence_key,
    worst.ended_on as newest_on
from worst
inner join {{ ref('dim_monitoring_site') }} as site on site.site_id = worst.site_id
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = worst.pollutant_id
where site.enterprise_id is not null
