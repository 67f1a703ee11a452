{# Leaks of a site that were not repaired in time, of the readings of the newest year that its list of seals has, none before the assessment
   year: a reading with a repair, or at or above the concentration that counts as a leak. Late: repaired after more days than the rule
   gives, or without a repair for longer than that up to the newest day of the list, which says nothing of later ones. A leak that a
   later reading no longer shows was repaired on a day that nobody knows; one whose remark speaks of a filed delay is not late. #}
with

parameter as (
    select
        max(case when parameter_id = 'problem.leak_vapour_umol' then value end) as vapour_umol,
        max(case when parameter_id = 'problem.leak_liquid_umol' then value end) as liquid_umol,
        cast(max(case when parameter_id = 'problem.leak_repair_days' then value end) as integer) as repair_days
    from {{ ref('int_core__parameter_values_chosen') }}
),

reading as (
    select
        matched.enterprise_id,
        coalesce(listed.plant, '') || '|' || listed.seal_point_no as seal,
        listed.seal_point_no,
        listed.tested_on,
        listed.repaired_on,
        coalesce(listed.remark, '') like '%延迟修复%' as is_filed,
        listed.repaired_on is not null
        or coalesce(
            listed.net_reading >= case service.code when 'heavy_liquid' then parameter.liquid_umol else parameter.vapour_umol end, false
        ) as is_leak,
        parameter.repair_days
    from {{ ref('stg_monitoring__leak_readings') }} as listed
    inner join
        {{ ref('int_inventory__enterprise_matched') }} as matched
        on
            matched.source = 'monitoring'
            and matched.source_key = {{ enterprise_source_key('listed.permit_no', 'listed.credit_code', 'listed.enterprise_name') }}
    left join
        {{ ref('int_inventory__code_words_normalised') }} as service
        on service.code_set = 'seal_service' and service.word = lower(trim(listed.phase))
    cross join parameter
    where listed.tested_on is not null
),

followed as (
    select
        reading.*,
        extract(year from reading.tested_on) as year,
        max(extract(year from reading.tested_on)) over (partition by reading.enterprise_id) as newest_year,
        max(greatest(reading.tested_on, coalesce(reading.repaired_on, reading.tested_on))) over (partition by reading.enterprise_id)
            as told_until,
        lead(reading.is_leak) over (
            partition by reading.enterprise_id, reading.seal order by reading.tested_on asc nulls last, reading.repaired_on asc nulls last
        ) as leaks_again
    from reading
),

judged as (
    select
        followed.*,
        followed.is_leak and not followed.is_filed and case
            when followed.repaired_on is not null
                then {{ days_between('followed.tested_on', 'followed.repaired_on') }} > followed.repair_days
            else
                coalesce(followed.leaks_again, true)
                and {{ days_between('followed.tested_on', 'followed.told_until') }} > followed.repair_days
        end as is_late
    from followed
    inner join {{ ref('int_inventory__assessment_year_chosen') }} as build on build.assessment_year <= followed.newest_year
    where followed.year = followed.newest_year
)

select
    enterprise_id,
    'seals' as object,
    'ldar_late_repair' as fact,
    cast(count(distinct case when is_late then seal end) as double) as value,
    cast(null as boolean) as is_true,
    {{ to_text('cast(min(year) as integer)') }} || '年检测明细的' || {{ to_text('count(distinct seal)') }} || '个密封点中有'
    || {{ to_text('count(distinct case when is_leak then seal end)') }} || '个泄漏点，其中'
    || {{ to_text('count(distinct case when is_late then seal end)') }}
    || '个超过' || {{ to_text('min(repair_days)') }} || '日未修复或者逾期修复，且未注明延迟修复'
    || coalesce(
        '，最早的为' || {{ date_cn('min(case when is_late then tested_on end)') }} || '检测的'
        || {{ value_at_min('seal_point_no', "case when is_late then " ~ to_text('tested_on') ~ " || '|' || seal end") }},
        ''
    ) as description,
    'core.dim_enterprise|' || enterprise_id as evidence_key,
    max(case when is_late then coalesce(repaired_on, told_until) end) as newest_on
from judged
group by enterprise_id
