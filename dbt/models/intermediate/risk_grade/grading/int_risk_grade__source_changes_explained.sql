{# Why a source's grade differs from that of the edition before: which part of it changed, and whether its own figures or the cuts did.
   No reason where the grade is the same. #}
with

cut as (
    select
        bool_or(now.cut_id like 'grading.hl%' and abs(now.value - previous.value) > 1e-12 * abs(previous.value)) as has_hazard_cut_moved,
        bool_or(now.cut_id like 'grading.rc%' and abs(now.value - previous.value) > 1e-12 * abs(previous.value)) as has_receptor_cut_moved
    from {{ ref('grade_cut') }} as now
    inner join {{ ref('stg_previous__grade_cuts') }} as previous on previous.cut_id = now.cut_id
)

select
    graded.enterprise_id,
    previous.grade as previous_grade,
    case
        when previous.enterprise_id is null then '新列入'
        when coalesce(previous.grade, 0) = coalesce(graded.grade, 0) then null
        else
            nullif(concat_ws(
                '；',
                case
                    when coalesce(previous.hazard_class, 0) <> coalesce(graded.hazard_class, 0)
                        then
                            '危害负荷 ' || coalesce({{ to_text('previous.hazard_class') }}, '未知') || '→'
                            || coalesce({{ to_text('graded.hazard_class') }}, '未知')
                            || case when cut.has_hazard_cut_moved then '（分档界已改）' else '' end
                end,
                case
                    when coalesce(previous.receptor_class, 0) <> coalesce(graded.receptor_class, 0)
                        then
                            '受体 ' || coalesce({{ to_text('previous.receptor_class') }}, '未知') || '→'
                            || coalesce({{ to_text('graded.receptor_class') }}, '未知')
                            || case when cut.has_receptor_cut_moved then '（分档界已改）' else '' end
                end,
                case when coalesce(previous.management_step, 0) <> coalesce(graded.management_step, 0) then '管理调整改变' end,
                case when coalesce(previous.floor_grade, 0) <> coalesce(graded.floor_grade, 0) then '否决项改变' end
            ), '')
    end as change_reason
from {{ ref('int_risk_grade__sources_graded') }} as graded
cross join cut
left join {{ ref('stg_previous__source_grades') }} as previous on previous.enterprise_id = graded.enterprise_id
