{# One row: the figures that the text of D11 quotes. #}
with

chapter as (
    select * from {{ ref('d11_project') }} where is_chapter
),

pollutant as (
    select
        cast(count(*) as integer) as pollutant_count,
        cast(count(case when in_release = '是' then 1 end) as integer) as released_count,
        cast(count(case when in_release = '否' then 1 end) as integer) as unexplained_count,
        cast(count(case when is_new = '是' then 1 end) as integer) as new_pollutant_count,
        cast(count(case when in_release = '是' and has_toxicity = '有' then 1 end) as integer) as quantified_count,
        cast(count(case when in_release = '是' and has_toxicity = '无' then 1 end) as integer) as without_toxicity_count,
        cast(count(case when steps like '%不予审批%' then 1 end) as integer) as refused_count
    from {{ ref('d11_pollutant') }}
),

place as (
    select
        cast(count(*) as integer) as place_count,
        max(increment_cancer_risk) as max_increment_cancer_risk,
        max(cumulative_cancer_risk) as max_cumulative_cancer_risk,
        max(increment_hazard_index) as max_increment_hazard_index,
        max(cumulative_hazard_index) as max_cumulative_hazard_index,
        max(increment_cancer_risk - replaced_cancer_risk - reduction_cancer_risk) as max_net_cancer_risk,
        max(increment_hazard_index - replaced_hazard_index - reduction_hazard_index) as max_net_hazard_index,
        cast(count(case when baseline_level in ('关注', '高') then 1 end) as integer) as baseline_attention_count,
        cast(count(case when verdict = '不可接受' then 1 end) as integer) as unacceptable_count,
        cast(count(case when verdict = '需关注' then 1 end) as integer) as attention_count,
        cast(count(case when verdict = '可接受' then 1 end) as integer) as acceptable_count,
        cast(count(case when verdict = '未判定' then 1 end) as integer) as not_assessed_count
    from {{ ref('d11_scenario') }}
),

line as (
    select
        max(case when parameter_id = 'risk.cancer_low' then {{ try_double('value') }} end) as cancer_low,
        max(case when parameter_id = 'project.negligible_hazard_index' then {{ try_double('value') }} end) as hazard_index
    from {{ ref('parameter_used') }}
),

-- one line for cancer, one for other effects: below both nothing needs a distance
judged as (
    select
        cast(count(case
            when scenario.increment_cancer_risk > line.cancer_low or scenario.increment_hazard_index > line.hazard_index then 1
        end) as integer) as over_negligible_count,
        max(line.cancer_low) as cancer_low,
        max(line.hazard_index) as negligible_hazard_index
    from {{ ref('d11_scenario') }} as scenario
    cross join line
),

outlet as (
    select
        outlet_no || '（' || outlet_kind || '）的' || pollutant || '，增量最大的敏感点为' || max_place || '，距离'
        || {{ to_text('cast(round_even(max_place_distance_m, 0) as integer)') }} || ' m' as first_outlet,
        max_increment_cancer_risk as first_increment
    from {{ ref('d11_release') }}
    where max_increment_cancer_risk > 0
    qualify row_number() over (order by max_increment_cancer_risk desc nulls last, row_no asc nulls last) = 1
),

region as (
    select cast(count(*) as integer) as receptor_count
    from {{ ref('health_risk_total') }}
    where place_kind = 'receptor' and population_group = 'resident_life'
),

opinion as (
    select min(pollutant.opinion_industry) as opinion_industry
    from {{ ref('project_pollutant') }} as pollutant
    inner join chapter on chapter.project_id = pollutant.project_id
),

listed as (
    select
        cast(count(case when kind = '建设项目' then 1 end) as integer) as project_count,
        cast(count(case when kind <> '建设项目' then 1 end) as integer) as plan_scenario_count,
        cast(sum(case when kind = '建设项目' then unknown_release_count else 0 end) as integer) as unknown_release_count
    from {{ ref('d11_project') }}
),

-- releases whose row could not be read, mostly a figure that is none
unread as (
    select cast(count(distinct record_id) as integer) as unread_release_count
    from {{ ref('quarantine') }}
    where raw_table = 'project_release'
),

plan as (
    select
        cast(count(distinct plot) as integer) as plot_count,
        cast(count(case when admission in ('禁止', '限制') then 1 end) as integer) as limited_plot_count
    from {{ ref('d11_admission') }}
)

select
    'D11' as document_id,
    listed.*,
    unread.*,
    chapter.name as chapter_name,
    chapter.developer as chapter_developer,
    chapter.park as chapter_park,
    chapter.industry as chapter_industry,
    chapter.stage as chapter_stage,
    chapter.verdict as chapter_verdict,
    opinion.opinion_industry,
    case when pollutant.quantified_count > 0 then '定量评价' else '识别和监测' end as chapter_grade,
    case
        when place.place_count = 0 then '没有可以计算的敏感点，不能判断防护距离'
        when judged.over_negligible_count = 0 then '各敏感点的增量都不超过可忽略水平，不提出环境健康防护距离'
        else '增量超过可忽略水平的敏感点应当按排放口逐一论证防护距离'
    end as distance_text,
    case
        when place.max_net_cancer_risk <= judged.cancer_low and place.max_net_hazard_index <= judged.negligible_hazard_index
            then '不超过可忽略水平'
        when place.max_net_cancer_risk is null then '未知'
        else '超过可忽略水平'
    end as net_text,
    judged.*,
    outlet.first_outlet,
    100.0 * outlet.first_increment / nullif(place.max_increment_cancer_risk, 0) as first_outlet_pct,
    region.receptor_count,
    region.receptor_count - place.place_count as outside_count,
    pollutant.*,
    place.*,
    plan.*,
    edition.assessment_year,
    edition.edition_no
from listed
cross join pollutant
cross join place
cross join plan
cross join unread
cross join region
cross join opinion
cross join judged
cross join {{ ref('edition') }} as edition
left join chapter on true
left join outlet on true
