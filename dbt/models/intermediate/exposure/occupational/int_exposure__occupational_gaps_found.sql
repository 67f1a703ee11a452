-- What occupational exposure lacks: substances measured at jobs that have no limit in force, and limits that are doubtful;
-- workshops whose enterprise is unknown, named as their files name them.
with

unknown_workshop as (
    select
        measured.place_id,
        coalesce(min(trim(stated.enterprise_name)) || ' ', '') || coalesce(min(trim(stated.workshop)), '名称不明') as name
    from {{ ref('int_exposure__workplaces_summarised') }} as measured
    left join {{ ref('int_exposure__workplace_tests_converted') }} as test on test.place_id = measured.place_id
    left join {{ ref('stg_monitoring__workplaces') }} as stated on stated._record_id = test.test_id
    where measured.enterprise_id is null
    group by measured.place_id
)

select
    'OEL:' || measured.pollutant_id as gap_id,
    '职业接触限值 / occupational limit ' || measured.pollutant_id || coalesce('（' || max(pollutant.name_cn) || '）', '') as subject,
    case
        when max(case when doubtful.cas_no is not null then 1 else 0 end) = 1 then '参考值存疑，未采用 / doubtful, not used'
        else '检测当日没有有效限值 / no limit in force on the day of the test'
    end as missing,
    '岗位不判定，混合接触计入限值未知数 / jobs are not judged; counted as unknown in mixtures' as effect,
    measured.pollutant_id as subject_key
from {{ ref('int_exposure__workplaces_limited') }} as measured
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = measured.pollutant_id
left join {{ ref('occupational_limit') }} as doubtful
    on doubtful.cas_no = measured.pollutant_id and doubtful.verified = 'doubtful'
where not measured.has_limit
group by measured.pollutant_id
union all
select
    'WORKSHOP:' || place_id as gap_id,
    '车间 / workshop ' || name as subject,
    '对不上已知企业 / of no known site' as missing,
    '职业接触单列，不归入企业 / stands alone, joined to no site' as effect,
    place_id as subject_key
from unknown_workshop
