-- Annex 1, sources: grade, zone of the site, leading substances, measures and how often it is looked at.
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

-- the substances that make most of the load by which the grade and its reasons are found
substance_load as (
    select
        load.enterprise_id,
        load.pollutant_id,
        coalesce(min(pollutant.name_cn), load.pollutant_id) as name,
        row_number() over (
            partition by load.enterprise_id
            order by {{ exact_sum('load.weighted_kg') }} desc nulls last, load.pollutant_id asc nulls last
        ) as place
    from {{ ref('source_load') }} as load
    inner join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = load.pollutant_id
    where load.weighted_kg > 0
    group by load.enterprise_id, load.pollutant_id
),

driver as (
    select enterprise_id, {{ listagg_text('name', '、', 'place') }} as names
    from substance_load
    where place <= 3
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
    driver.names as pollutants,
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
left join driver on driver.enterprise_id = graded.enterprise_id
left join {{ ref('supervision_list') }} as supervised on supervised.enterprise_id = graded.enterprise_id
left join measures on measures.enterprise_id = graded.enterprise_id
