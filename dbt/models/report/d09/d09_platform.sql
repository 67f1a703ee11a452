-- The newest code of each platform beside ours: a line a colour of theirs, a column a colour of ours.
with

newest as (
    select
        platform,
        coalesce(colour, 'unread') as colour,
        health_colour
    from {{ ref('platform_code') }}
    where is_latest
),

counted as (
    select
        newest.platform,
        newest.colour as colour_code,
        min(label.sort_no) as colour_order,
        coalesce(min(label.label_cn), '不能识别') as colour,
        cast(count(*) as integer) as enterprise_count,
        cast(count(case when newest.health_colour = 'red' then 1 end) as integer) as red_count,
        cast(count(case when newest.health_colour = 'orange' then 1 end) as integer) as orange_count,
        cast(count(case when newest.health_colour = 'yellow' then 1 end) as integer) as yellow_count,
        cast(count(case when newest.health_colour = 'green' then 1 end) as integer) as green_count,
        cast(count(case when newest.health_colour = 'grey' then 1 end) as integer) as grey_count,
        cast(count(case when newest.health_colour is null then 1 end) as integer) as without_count
    from newest
    left join {{ ref('code_label') }} as label on label.code_set = 'colour' and label.code = newest.colour
    group by newest.platform, newest.colour
)

select
    cast(
        row_number() over (order by platform asc nulls last, colour_order asc nulls last, colour_code asc nulls last) as integer
    ) as row_no,
    platform,
    colour_code,
    colour,
    enterprise_count,
    red_count,
    orange_count,
    yellow_count,
    green_count,
    grey_count,
    without_count
from counted
