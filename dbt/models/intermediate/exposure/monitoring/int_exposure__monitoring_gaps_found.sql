-- What monitoring lacks: sites without a place or outside of the site list, media that no result states, results that cannot be
-- converted, samples without any detect whose limits prove nothing.
with

named as (
    select
        result.*,
        coalesce(pollutant.name_cn, pollutant.name_en, result.pollutant_id) as pollutant_name
    from {{ ref('int_exposure__results_judged') }} as result
    left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = result.pollutant_id
),

used_site as (
    select
        site_id,
        count(*) as n
    from {{ ref('int_exposure__results_judged') }}
    group by site_id
),

site_gap as (
    select
        'SITE-NO-PLACE:' || used_site.site_id as gap_id,
        '监测点位 / monitoring site ' || used_site.site_id as subject,
        case
            when site.site_id is null or not site.is_listed then '不在点位表中 / not in the list of sites'
            else '没有可用坐标 / no usable coordinates'
        end as missing,
        '结果照常统计，不归入园区，也不与模拟浓度比较 / its results are summarised and belong to no park or modelled place' as effect,
        used_site.site_id as subject_key
    from used_site
    left join {{ ref('dim_monitoring_site') }} as site on site.site_id = used_site.site_id
    where
        used_site.site_id is not null
        and (site.site_id is null or not site.is_listed or site.longitude is null or site.latitude is null)
        and coalesce(site.outlet_id, '') = ''
),

-- hours make no day where their unit is unknown, so that they are counted here themselves
without_unit as (
    select
        site_id,
        pollutant_id
    from named
    where qc_level = 'C' and {{ list_has('qc_codes', "'QC-UNIT'") }}
    union all
    select
        site_id,
        pollutant_id
    from {{ ref('int_exposure__hours_selected') }}
    where unit is null
),

unit_gap as (
    select
        'RESULT-UNIT:' || without_unit.site_id || ':' || without_unit.pollutant_id as gap_id,
        '监测结果 / results ' || without_unit.site_id || ' '
        || coalesce(max(pollutant.name_cn), max(pollutant.name_en), without_unit.pollutant_id) as subject,
        {{ to_text('count(*)') }} || ' 个结果无法换算为规范单位 / results that cannot be converted' as missing,
        '保留原值，不参加统计 / kept as written, not used' as effect,
        without_unit.site_id as subject_key
    from without_unit
    left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = without_unit.pollutant_id
    where without_unit.site_id is not null and without_unit.pollutant_id is not null
    group by without_unit.site_id, without_unit.pollutant_id
),

open_gap as (
    select
        'NONDETECT-OPEN:' || site_id || ':' || pollutant_id as gap_id,
        '监测结果 / results ' || site_id || ' ' || max(pollutant_name) as subject,
        '全部未检出，且检出限高于评价值 / no detect, and the limits are above the level that matters' as missing,
        '不能说明不超标或风险可接受 / proves neither compliance nor a small risk' as effect,
        site_id as subject_key
    from named
    where qc_level in ('A', 'B') and site_id is not null and pollutant_id is not null
    group by site_id, pollutant_id
    having count(value) = 0 and count(case when is_informative then 1 end) = 0 and count(level_that_matters) > 0
),

two_media_gap as (
    select
        'RESULT-TWO-MEDIA:' || site_id as gap_id,
        '监测点位 / monitoring site ' || site_id as subject,
        '同一编号用于两种介质 / one number for two media' as missing,
        '只统计点位表所列介质，另一介质须另编点位 / only the listed medium is summarised' as effect,
        site_id as subject_key
    from {{ ref('int_exposure__results_judged') }}
    where site_id is not null and medium is not null and pollutant_id is not null
    group by site_id
    having count(distinct medium) > 1
),

medium_gap as (
    select
        'RESULT-MEDIUM:' || coalesce(site_id, '') as gap_id,
        '监测结果 / results ' || coalesce(site_id, '') as subject,
        '介质不明 / medium unknown' as missing,
        '不参加统计与评价 / neither summarised nor compared' as effect,
        site_id as subject_key
    from {{ ref('int_exposure__results_judged') }}
    where medium is null
    group by site_id
)

select * from site_gap
union all
select * from unit_gap
union all
select * from open_gap
union all
select * from two_media_gap
union all
select * from medium_gap
