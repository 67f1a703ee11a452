select
    cast(row_number() over (order by channel asc nulls last) as integer) as row_no,
    channel,
    cast(count(*) as integer) as question_count,
    cast(count(answered_at) as integer) as answered_count,
    {{ exact_mean('days_to_answer') }} as mean_days,
    cast(max(days_to_answer) as integer) as most_days,
    cast(count(case when is_public then 1 end) as integer) as public_count
from {{ ref('public_question') }}
group by channel
