-- What a site made by a process in a quarter or year, and the scale of the process there: a year without a figure of its own is the sum
-- of four quarters. Units that differ make the output unknown. The class row of a site holds all its products together. Scale by
-- the surveyed capacity, else by the largest year, against the limits of the process (kt/a).
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
),

capacity as (
    select
        matched.enterprise_id,
        {{ exact_sum('process.capacity') }} / 1000 as capacity_kt_a
    from {{ ref('stg_site_survey__processes') }} as process
    inner join
        {{ ref('int_inventory__enterprise_matched') }} as matched
        on
            matched.source = 'site_survey'
            and matched.source_key
            = {{ enterprise_source_key('process.permit_no', 'process.credit_code', 'process.enterprise_name') }}
    where process.unit in ('t/a', '吨/年', 't') and process.capacity > 0
    group by matched.enterprise_id
),

scaled as (
    select
        summed.enterprise_id,
        summed.process_id,
        coalesce(
            max(capacity.capacity_kt_a),
            max(case when length(summed.period) = 4 and summed.unit = 't' then summed.quantity end) / 1000
        ) as scale_kt_a
    from summed
    left join capacity on capacity.enterprise_id = summed.enterprise_id
    group by summed.enterprise_id, summed.process_id
)

select
    summed.enterprise_id,
    summed.process_id,
    summed.period,
    summed.quantity as activity,
    summed.unit as activity_unit,
    coalesce(unit.product, case when summed.item_count = 1 then summed.item end) as product,
    unit.feedstock,
    case
        when scaled.scale_kt_a < {{ try_double("split_part(unit.scale_bounds_kt_a, ';', 1)") }} then 'small'
        when scaled.scale_kt_a < {{ try_double("split_part(unit.scale_bounds_kt_a, ';', 2)") }} then 'medium'
        when scaled.scale_kt_a >= {{ try_double("split_part(unit.scale_bounds_kt_a, ';', 2)") }} then 'large'
    end as scale_class
from summed
inner join {{ ref('process_unit') }} as unit on unit.process_id = summed.process_id
left join scaled on scaled.enterprise_id = summed.enterprise_id and scaled.process_id = summed.process_id
