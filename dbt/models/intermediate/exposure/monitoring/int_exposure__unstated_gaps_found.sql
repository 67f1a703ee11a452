-- What no form of monitoring has a column for, where there are results that it would be needed for: days of analysis, reference
-- materials and calibrations of manual samples, the reference oxygen of waste gas, the kind of an aquatic animal. Nothing is taken in
-- their place.
with

sample_record as (
    select
        'S:' || sample.site_id as site_id,
        sample.oxygen_share,
        medium_code.code as medium
    from {{ ref('stg_monitoring__samples') }} as sample
    inner join {{ ref('crosswalk_code') }} as medium_code
        on medium_code.code_set = 'medium_of_environment' and lower(medium_code.word) = lower(trim(sample.medium_word))
),

control_gap as (
    select
        'CONTROL-UNSTATED:' || sample_record.medium as gap_id,
        '手工监测 / manual samples: ' || label.label_cn as subject,
        '报告没有分析日期、标准样品和校准记录 / reports state no day of analysis, reference material or calibration' as missing,
        '不判定保存时间、标准样品和校准 / holding time, reference material and calibration are not judged' as effect,
        sample_record.medium as subject_key
    from sample_record
    inner join {{ ref('code_label') }} as label
        on label.code_set = 'medium_of_environment' and label.code = sample_record.medium
    group by sample_record.medium, label.label_cn
),

oxygen_gap as (
    select
        'REFERENCE-OXYGEN:' || site_id as gap_id,
        '监测点位 / monitoring site ' || site_id as subject,
        case
            when count(oxygen_share) > 0
                then '报告有实测含氧量，没有基准含氧量 / the report states the measured oxygen and no reference oxygen'
            else '没有实测和基准含氧量 / neither measured nor reference oxygen'
        end as missing,
        '按实测浓度与许可限值比较，不折算 / compared with the permit as measured' as effect,
        site_id as subject_key
    from sample_record
    where medium = 'waste_gas' and site_id is not null
    group by site_id
),

animal_gap as (
    select
        'ANIMAL-KIND:' || site_id as gap_id,
        '监测点位 / monitoring site ' || site_id as subject,
        case
            when kind_count = 0 then '名称和备注没有写明水产品种类 / neither name nor remark tells the kind of animal'
            else '名称和备注写了几种水产品 / name and remark tell several kinds of animals'
        end as missing,
        '只与各类水产动物通用的限值比较 / compared with the limits that hold for all aquatic animals only' as effect,
        site_id as subject_key
    from {{ ref('int_exposure__animal_kinds_found') }}
    where animal_kind is null
)

select * from control_gap
union all
select * from oxygen_gap
union all
select * from animal_gap
