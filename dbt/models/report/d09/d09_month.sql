-- Codes by month: of several editions of a month the last one. A change is against the edition before.
with

coded as (
    select
        history.*,
        max(history.edition_no) over (
            partition by extract(year from history.as_of), extract(month from history.as_of)
        ) as last_edition_no
    from {{ ref('code_history') }} as history
),

appeals as (
    select
        cast(extract(year from filed_at) as integer) as year,
        cast(extract(month from filed_at) as integer) as month,
        cast(count(*) as integer) as appeal_count,
        cast(count(case when status = 'upheld' then 1 end) as integer) as upheld_count
    from {{ ref('appeal') }}
    group by extract(year from filed_at), extract(month from filed_at)
),

months as (
    select
        cast(extract(year from as_of) as integer) as year,
        cast(extract(month from as_of) as integer) as month,
        max(edition_no) as edition_no,
        cast(count(case when colour = 'green' then 1 end) as integer) as green_count,
        cast(count(case when colour = 'yellow' then 1 end) as integer) as yellow_count,
        cast(count(case when colour = 'orange' then 1 end) as integer) as orange_count,
        cast(count(case when colour = 'red' then 1 end) as integer) as red_count,
        cast(count(case when colour = 'grey' then 1 end) as integer) as grey_count,
        cast(count(case when turn = 'better' then 1 end) as integer) as better_count,
        cast(count(case when turn = 'worse' then 1 end) as integer) as worse_count
    from coded
    where edition_no = last_edition_no
    group by extract(year from as_of), extract(month from as_of)
)

select
    cast(row_number() over (order by months.year asc nulls last, months.month asc nulls last) as integer) as row_no,
    {{ to_text('months.year') }} || '年' || {{ to_text('months.month') }} || '月' as month,
    months.edition_no,
    months.green_count,
    months.yellow_count,
    months.orange_count,
    months.red_count,
    months.grey_count,
    months.better_count,
    months.worse_count,
    coalesce(appeals.appeal_count, 0) as appeal_count,
    coalesce(appeals.upheld_count, 0) as upheld_count
from months
left join appeals on appeals.year = months.year and appeals.month = months.month
