{# R7 and M4. R7: incidents that the ledger of problems registers with their class (16, 8, 4, 1); a problem whose words name no class of an
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
        problem_id,
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
        cast(sum(incidents.weight) as double) as value,
        {{ list_agg_distinct('incidents.problem_id') }} as incident_ids
    from incidents
    left join {{ ref('dim_enterprise') }} as site on site.enterprise_id = incidents.enterprise_id
    inner join areas on areas.area_kind = 'area' or areas.area_id = site.park_id
    where incidents.weight is not null
    group by areas.area_id, incidents.year
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
        100.0 * count(case when approvals.has_chapter then 1 end) / count(*) as value,
        {{ list_agg_distinct('approvals.document_no') }} as approval_nos
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
    'risk_grade.problem' as source_table,
    registered.incident_ids,
    null as approval_nos
from registered
left join {{ ref('int_green_index__values_reported') }} as reported
    on reported.indicator_id = 'R7' and reported.area_id = registered.area_id and reported.year = registered.year
where registered.value >= coalesce(reported.value, 0)
union all
select
    'M4' as indicator_id, area_id, year, value, 'inventory.procedure' as source_table,
    null as incident_ids, approval_nos
from approved
