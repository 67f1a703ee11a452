{# R4, R7 and M4. R4: toxicity-weighted releases to air and water over the industrial output that is stated for the zone (评分事实.xlsx), as a
   multiple of the first year that has both; one such year tells nothing. R7: incidents that the ledger of problems registers with their class (16, 8, 4, 1); a problem whose words name no class of an
   incident is none. A ledger that registers less than the office reports is not whole, and one without an incident says nothing of a year:
   what was reported stands. M4: of the year's approvals of EIA reports in the sectors that owe the chapter (seed chapter_sector), dated
   since the duty began, those with it: a project of that approval number whose chapter has been worked out, words of the list of procedures
   that say so, or the fact health_chapter of the site. Computed where all of the year's are known. #}
with

areas as (
    select area_id, area_kind from {{ ref('int_green_index__areas_rated') }} where area_kind in ('area', 'park')
),

incidents as (
    select
        enterprise_id,
        cast(extract(year from found_at) as integer) as year,
        case
            {% for class, weight in [('特别重大', 16), ('重大', 8), ('较大', 4), ('一般', 1)] -%}
            when {% for words in [class ~ '突发环境事件', class ~ '级突发环境事件', '突发环境事件（' ~ class, '突发环境事件(' ~ class] -%}
                description like '%{{ words }}%'{{ ' or ' if not loop.last }}
            {%- endfor %} then {{ weight }}
            {% endfor -%}
        end as weight
    from {{ ref('problem') }}
    where source <> 'rule' and status <> 'rejected'
),

registered as (
    select
        areas.area_id,
        incidents.year,
        cast(sum(incidents.weight) as double) as value
    from incidents
    left join {{ ref('dim_enterprise') }} as site on site.enterprise_id = incidents.enterprise_id
    inner join areas on areas.area_kind = 'area' or areas.area_id = site.park_id
    where incidents.weight is not null
    group by areas.area_id, incidents.year
),

outputs as (
    select
        stated.object_id as area_id,
        stated.year,
        stated.value
        * case coalesce(stated.unit, '万元') when '亿元' then 10000 when '万元' then 1 when '千元' then 0.1 when '元' then 0.0001 end
            as output_10k_yuan
    from {{ ref('int_pilot__facts_stated') }} as stated
    inner join areas on areas.area_kind = 'area' and areas.area_id = stated.object_id
    where stated.object_kind = 'area_index' and stated.fact in ('gross_output_10k_yuan', '工业总产值')
),

toxic as (
    select year, {{ exact_sum('toxicity_weighted_kg') }} as toxicity_weighted_kg
    from {{ ref('toxicity_weighted_year') }}
    where medium in ('air', 'water')
    group by year
    having count(toxicity_weighted_kg) = 2
),

per_output as (
    select
        outputs.area_id,
        cast(outputs.year as integer) as year,
        toxic.toxicity_weighted_kg / outputs.output_10k_yuan as ratio,
        first_value(toxic.toxicity_weighted_kg / outputs.output_10k_yuan)
            over (partition by outputs.area_id order by outputs.year asc nulls last) as first_ratio,
        count(*) over (partition by outputs.area_id) as year_count
    from outputs
    inner join toxic on toxic.year = outputs.year
    where outputs.output_10k_yuan > 0 and toxic.toxicity_weighted_kg > 0
),

duty as (
    select valid_from from {{ ref('legal_basis') }} where basis_id = 'P-HPXWR'
),

chapters as (
    select replace(replace(trim(project.approval_no), '[', '〔'), ']', '〕') as approval_no
    from {{ ref('project') }} as project
    inner join {{ ref('project_scenario') }} as scenario on scenario.project_id = project.project_id
    where project.approval_no is not null and scenario.verdict <> 'not_assessed'
    group by replace(replace(trim(project.approval_no), '[', '〔'), ']', '〕')
),

approvals as (
    select distinct
        approval.enterprise_id,
        approval.document_no,
        site.park_id,
        cast(extract(year from approval.dated) as integer) as year,
        case
            when chapters.approval_no is not null then true
            when
                approval.content like '%未设%专章%' or approval.content like '%无%专章%' or approval.content like '%缺%专章%'
                then false
            when approval.content like '%健康%专章%' or approval.content like '%新污染物%专章%' then true
            else stated.is_true
        end as has_chapter
    from {{ ref('procedure') }} as approval
    cross join duty
    inner join {{ ref('dim_enterprise') }} as site on site.enterprise_id = approval.enterprise_id
    inner join {{ ref('chapter_sector') }} as sector
        on substr(site.industry_code, 1, length(sector.industry_prefix)) = sector.industry_prefix
    left join chapters on chapters.approval_no = replace(replace(trim(approval.document_no), '[', '〔'), ']', '〕')
    left join {{ ref('int_risk_grade__facts_stated') }} as stated
        on stated.enterprise_id = approval.enterprise_id and stated.fact = 'health_chapter'
    where
        approval.kind = 'eia' and approval.dated >= duty.valid_from
        and coalesce(approval.kind_word, '') not like '%表%' and coalesce(approval.content, '') not like '%报告表%'
),

approved as (
    select
        areas.area_id,
        approvals.year,
        100.0 * count(case when approvals.has_chapter then 1 end) / count(*) as value
    from approvals
    inner join areas on areas.area_kind = 'area' or areas.area_id = approvals.park_id
    group by areas.area_id, approvals.year
    having count(approvals.has_chapter) = count(*)
)

select
    'R7' as indicator_id,
    registered.area_id,
    registered.year,
    registered.value,
    'risk_grade.problem' as source_table
from registered
left join {{ ref('int_green_index__values_reported') }} as reported
    on reported.indicator_id = 'R7' and reported.area_id = registered.area_id and reported.year = registered.year
where registered.value >= coalesce(reported.value, 0)
union all
select 'R4' as indicator_id, area_id, year, ratio / first_ratio as value, 'inventory.toxicity_weighted_year' as source_table
from per_output
where year_count > 1
union all
select 'M4' as indicator_id, area_id, year, value, 'inventory.procedure' as source_table from approved
