{# The nineteen in the plan's order, with the light that an office looks for. Red: overdue. Yellow: at risk, that is not
   done and due within the warning days, or behind the time. Green: done, or not yet due. A reason for delay is printed only as stated by the lead unit; where it states none, that is said. #}
with

judged as (
    select
        deliverable.*,
        task.name_cn as task_name,
        task.ministry_task,
        task.phase,
        (select max(area.name_cn) from {{ ref('dim_area') }} as area where area.area_kind = 'area') as area_name,
        case
            when deliverable.is_overdue or deliverable.status = 'overdue' then '红灯'
            when deliverable.status = 'done' then '绿灯'
            when deliverable.risk is not null then '黄灯'
            else '绿灯'
        end as light
    from {{ ref('deliverable') }} as deliverable
    inner join {{ ref('task') }} as task on task.task_no = deliverable.task_no
)

select
    cast(row_number() over (order by task_no asc nulls last, deliverable_id asc nulls last) as integer) as row_no,
    one_of_six,
    ministry_task,
    {{ to_text('task_no') }} || ' ' || task_name as task,
    deliverable_id,
    {# the reader knows the area: its name before each of the nineteen only fills the page #}
    replace(name_cn, coalesce(area_name, ''), '') as name_cn,
    standard,
    {# what is neither stated nor counted: of a finished one the standard's number; documents count by their approval #}
    case
        when achieved is not null then achieved
        when status = 'done' then standard
        when deliverable_id not in ('D13', 'D16', 'D17', 'D18', 'D19') then '以批准为准'
    end as achieved,
    due,
    finished_at,
    {{ code_word('status', 'deliverable_status') }} as status,
    light,
    progress * 100 as progress_pct,
    lead,
    {# what it is and where it lies: a name of a file says neither #}
    {{ evidence_word('evidence') }} || case when evidence_sha256 is not null then '（原件已存档）' else '（原件在牵头单位）' end as evidence,
    evidence_sha256,
    coalesce(
        delay_reason,
        case when days_overdue > 0 or status = 'overdue' then '牵头单位未报送' end
    ) as delay_reason,
    case
        when status = 'done' then '归档，随新版次动态更新'
        when light = '红灯' then '书面说明并定完成日期，列入督办'
        when risk = 'behind' then '按月调度，补报推进计划'
        when light = '黄灯' then '临近时限，按周调度'
        else '按时限推进'
    end as next_step,
    days_overdue,
    case
        when status = 'done' and days_overdue > 0 then '逾期' || {{ to_text('days_overdue') }} || '天完成'
        when status = 'done' and finished_at is null then '已完成，日期未填'
        when status = 'done' then '按期完成'
        when days_overdue > 0 then '已逾期' || {{ to_text('days_overdue') }} || '天'
        when status = 'overdue' then '填报为逾期'
        when risk = 'behind' then '进度落后'
        else '未到期'
    end as timeliness,
    coalesce(days_overdue > 0, false) or status = 'overdue' as is_late,
    status = 'done' as is_done,
    task_no,
    phase,
    case
        when meets_standard then '达到' when not meets_standard then '未达到' when status = 'done' then '按填报完成'
        when achieved is null and deliverable_id not in ('D13', 'D16', 'D17', 'D18', 'D19') then '待批准'
        else '无法计数'
    end as standard_result,
    {{ code_word('risk', 'deliverable_risk') }} as risk
from judged
