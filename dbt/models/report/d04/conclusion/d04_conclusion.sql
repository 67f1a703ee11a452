{# One row: what D04 concludes of its own tables beyond their counts: where the zone is worst, which of the first substances measurement
   does not bear out, what is above an acute benchmark, what the list of pollutants has and nobody has measured or modelled. #}
with

line as (
    select
        max(case when parameter_id = 'risk.cancer_high' then cast(value as double) end) as cancer_high,
        max(case when parameter_id = 'risk.source_least_share' then cast(value as double) end) as least_share
    from {{ ref('parameter_used') }}
),

soil as (
    select distinct place_id from {{ ref('health_risk') }} where medium = 'soil' and not is_bounding
),

first_driver as (
    select pollutant_id, medium, name_cn, row_no from {{ ref('d04_driver') }} where row_no <= 5 and medium = 'ambient_air'
),

rated_place as (
    select
        count(case when confidence = '低' then 1 end) as low,
        count(case when confidence = '不评' then 1 end) as unrated,
        count(case when confidence <> '不评' then 1 end) as rated
    from {{ ref('d04_receptor') }}
),

confident as (
    select
        case
            when rated = 0 and unrated > 0 then '空气途径未知，各敏感点都不评可信度'
            when low = 0 and unrated = 0 then '各敏感点的可信度都不低'
            when low = 0 then '空气途径未知的敏感点' || {{ to_text('unrated') }} || '个不评可信度，其余的可信度都不低'
            else '低可信的敏感点' || {{ to_text('low') }} || '个，其结论只用来安排监测'
        end as confidence_text
    from rated_place
),

-- whole percentages, rounded up: the share is below what is printed
shared as (
    select
        case
            when max(enterprise_pct) is null then '空气没有模拟结果，企业的贡献未知'
            when max(enterprise_pct) < 100 * max(least_share) and min(background_pct) > 50
                then '区内企业的模拟贡献合计在空气已模拟的各敏感点均不足致癌风险的' || {{ to_text('cast(floor(max(enterprise_pct)) + 1 as integer)') }} || '%，风险主要来自背景浓度'
            else '区内企业的模拟贡献合计最大占敏感点致癌风险的' || {{ to_text('cast(round_even(max(enterprise_pct), 0) as integer)') }} || '%'
        end as share_text
    from {{ ref('d04_modelled') }}
    cross join line
),

treated as (
    select
        cast(count(distinct case when treatment like '按环境空气质量标准%' then pollutant_id end) as integer) as criteria_count,
        cast(count(distinct case when treatment like '合计指标%' then pollutant_id end) as integer) as sum_count
    from {{ ref('d04_unknown') }}
    where pollutant_id not in (select pollutant_id from {{ ref('d04_hazard') }} where cancer_state = '是' or hazard_state = '是')
),

-- where the zone is worst, people or not; and how many of those above the line of high risk live where soil was measured
cells as (
    select
        cast(count(case when total.risk_level = 'high' then 1 end) as integer) as high_cell_count,
        cast(count(*) as integer) as cell_count,
        {{ exact_sum('case when total.cancer_risk > line.cancer_high then cell.population end') }} as high_people,
        {{ exact_sum('case when total.cancer_risk > line.cancer_high and soil.place_id is not null then cell.population end') }}
            as high_people_on_soil
    from {{ ref('health_risk_total') }} as total
    inner join {{ ref('dim_grid_cell') }} as cell on cell.cell_id = total.place_id
    cross join line
    left join soil on soil.place_id = total.place_id
    where total.population_group = 'resident_life'
),

-- the first five substances of modelled air whose comparison says little or nothing for the model
unmatched as (
    select
        coalesce({{ listagg_text('driver.name_cn', '、', 'driver.row_no') }}, '无') as unmatched_drivers
    from first_driver as driver
    left join {{ ref('d04_performance') }} as performance
        on performance.pollutant_id = driver.pollutant_id and performance.medium = driver.medium
    where performance.n is null or performance.n < 3 or performance.fac2_pct < 50 or abs(performance.normalised_mean_bias) > 0.3
),

elsewhere as (
    select
        risk.cancer_risk as site_max_cancer_risk,
        pollutant.name_cn || '，' || {{ code_word('risk.medium', 'medium_of_environment') }} || {{ code_word('risk.route', 'route') }}
            as site_driver,
        case
            when risk.pollutant_id = '7440-38-2' and risk.medium = 'soil'
                then '按现行毒性值，土壤砷的本底含量就可以达到这一水平，宜先与区域背景值比较'
            else '先核实该处的监测结果'
        end as site_note
    from {{ ref('health_risk') }} as risk
    left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = risk.pollutant_id
    where risk.place_kind in ('site', 'cell') and risk.population_group = 'resident_life' and not risk.is_bounding
    qualify row_number() over (order by risk.cancer_risk desc nulls last, risk.place_id asc nulls last, risk.pollutant_id asc nulls last)
        = 1
),

acute as (
    select
        cast(count(*) as integer) as acute_count,
        cast(count(case when max_hazard_quotient > 1 then 1 end) as integer) as acute_over_count
    from {{ ref('d04_acute') }}
),

unassessed as (
    select
        cast(count(*) as integer) as unassessed_count,
        coalesce({{ listagg_text('list.name_cn', '、', 'list.row_no') }}, '无') as unassessed_names
    from {{ ref('d01_pollutant') }} as list
    left join {{ ref('d04_hazard') }} as hazard on hazard.pollutant_id = list.pollutant_id
    where hazard.pollutant_id is null
)

select
    'D04' as document_id,
    'cell' as place_kind,
    confident.*,
    shared.*,
    treated.*,
    unmatched.*,
    acute.*,
    elsewhere.site_max_cancer_risk,
    coalesce(elsewhere.site_driver, '没有监测点或者网格的结果') as site_driver,
    coalesce(elsewhere.site_note, '无从比较') as site_note,
    unassessed.*,
    cells.high_cell_count,
    cells.cell_count,
    case
        when cells.high_people > 0 then '超过万分之一的人口中，所在网格有土壤数据的占'
            || {{ to_text('cast(round_even(100 * coalesce(cells.high_people_on_soil, 0) / cells.high_people, 0) as integer)') }} || '%'
        else '没有超过万分之一的人口'
    end as high_people_text
from confident
cross join shared
cross join treated
cross join cells
cross join unmatched
cross join acute
left join elsewhere on true
cross join unassessed
