-- The team: a name only where its owner agreed that it is public.
select
    cast(
        row_number() over (
            order by expert.is_active desc nulls last, expert.field asc nulls last, expert.organisation asc nulls last,
                expert.expert_key asc nulls last
        ) as integer
    ) as row_no,
    expert.expert_key,
    coalesce(expert.display_name, '（不公开）') as name,
    expert.organisation,
    expert.field,
    expert.title,
    expert.trainings,
    case when expert.is_active then '在任' when expert.is_active is false then '已退出' else '待核' end as state
from {{ ref('expert') }} as expert
