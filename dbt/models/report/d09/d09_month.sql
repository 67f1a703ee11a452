-- Codes by month: of several editions of a month the last one. A change is against the edition before.
with

ranked as (
    select
        history.*,
        label.sort_no,
        lag(history.colour) over (
            partition by history.enterprise_id order by history.edition_no asc nulls last
        ) as colour_before
    from {{ ref('code_history') }} as history
    left join {{ ref('code_label') }} as label on label.code_set = 'colour' and label.code = history.colour
),

compared as (
    select
        ranked.*,
        before.sort_no as sort_no_before,
        max(ranked.edition_no) over (
            partition by extract(year from ranked.as_of), extract(month from ranked.as_of)
        ) as last_edition_no
    from ranked
    left join {{ ref('code_label') }} as before on before.code_set = 'colour' and before.code = ranked.colour_before
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
        cast(count(case when colour_before <> 'grey' and colour <> 'grey' and sort_no > sort_no_before then 1 end) as integer)
            as better_count,
        cast(count(case when colour_before <> 'grey' and colour <> 'grey' and sort_no < sort_no_before then 1 end) as integer)
            as worse_count
    from compared
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
