-- Annex 1, sources: grade, zone of the site, the substances that make most of the load by which it is graded, measures and how often
-- it is looked at.
with

measures as (
    select
        enterprise_id,
        cast(count(*) as integer) as measure_count,
        min(due) as first_due,
        max(due) as last_due
    from {{ ref('enterprise_measure') }}
    group by enterprise_id
),

pilot as (
    select max(due) as pilot_end
    from {{ ref('deliverable') }}
)

select
    cast(
        row_number() over (
            order by graded.grade asc nulls last, graded.score desc nulls last, graded.enterprise_id asc nulls last
        ) as integer
    ) as row_no,
    graded.enterprise_id,
    {{ listed_name('enterprise') }} as name,
    park.name_cn as park_name,
    coalesce({{ grade_word('graded.grade') }}, '资料不足') as grade,
    graded.reason_text as reasons,
    graded.driver_names as pollutants,
    measures.measure_count,
    measures.first_due,
    measures.last_due,
    case when measures.first_due < measures.last_due then {{ to_text('measures.first_due') }} || '至' else '' end
    || {{ to_text('measures.last_due') }} || case when measures.last_due > pilot.pilot_end then '（延续任务）' else '' end as due_text,
    {{ code_word('supervised.mode', 'supervision_mode') }} as supervision_mode,
    supervised.inspections_due
from {{ ref('source_grade') }} as graded
cross join pilot
inner join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = graded.enterprise_id
left join {{ ref('dim_area') }} as park on park.area_id = enterprise.park_id
left join {{ ref('supervision_list') }} as supervised on supervised.enterprise_id = graded.enterprise_id
left join measures on measures.enterprise_id = graded.enterprise_id
