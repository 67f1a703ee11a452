-- What a site made by a process in a quarter or year: a year without a figure of its own is the sum of four quarters. Units that
-- differ make the output unknown. The class row of a site holds all its products together.
with

made as (
    select
        activity.enterprise_id,
        recognised.process_id,
        'C' || process.industry_code as class_process_id,
        activity.item,
        activity.period,
        activity.quantity,
        activity.unit
    from {{ ref('activity') }} as activity
    inner join
        {{ ref('int_inventory__processes_recognised') }} as recognised
        on recognised.enterprise_id = activity.enterprise_id and recognised.item = activity.item
    inner join {{ ref('process_unit') }} as process on process.process_id = recognised.process_id
    where activity.item_kind = 'product'
),

levelled as (
    select enterprise_id, process_id, item, period, quantity, unit from made
    union all
    select enterprise_id, class_process_id as process_id, item, period, quantity, unit from made
    where class_process_id <> process_id
),

year_of_quarters as (
    select
        enterprise_id,
        process_id,
        item,
        substr(period, 1, 4) as period,
        {{ exact_sum('quantity') }} as quantity,
        min(unit) as unit
    from levelled
    where period like '____Q_'
    group by enterprise_id, process_id, item, substr(period, 1, 4)
    having count(distinct period) = 4 and count(quantity) = count(*) and count(distinct unit) = 1
),

complete as (
    select * from levelled
    union all
    select made_year.*
    from year_of_quarters as made_year
    where not exists (
        select 1 from levelled
        where
            levelled.enterprise_id = made_year.enterprise_id
            and levelled.process_id = made_year.process_id
            and levelled.item = made_year.item
            and levelled.period = made_year.period
    )
),

summed as (
    select
        enterprise_id,
        process_id,
        period,
        case
            when count(distinct unit) = 1 and count(quantity) = count(*) then {{ exact_sum('quantity') }}
        end as quantity,
        min(unit) as unit,
        min(item) as item,
        count(distinct item) as item_count
    from complete
    group by enterprise_id, process_id, period
)

select
    enterprise_id,
    process_id,
    period,
    quantity as activity,
    unit as activity_unit,
    item_count,
    item
from summed
