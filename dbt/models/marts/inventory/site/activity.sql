{# One source an item and period: permit, census, site survey; masses before other units. Figures of one source in one unit
   are summed (an item may stand under several product codes). The process of a product is the one its words and units tell; a
   material goes to the only process of its site; where it cannot be told the industry's class stands. #}
with

summed as (
    select
        enterprise_id,
        item,
        item_kind,
        period,
        source,
        unit,
        min(source_rank) as source_rank,
        {{ exact_sum('quantity') }} as quantity,
        {{ origin_collect('origin') }} as origin
    from {{ ref('int_inventory__quantities_unioned') }}
    where item is not null and period is not null
    group by enterprise_id, item, item_kind, period, source, unit
),

chosen as (
    select *
    from summed
    qualify
        row_number() over (
            partition by enterprise_id, item, item_kind, period
            order by
                case when quantity is null then 1 else 0 end asc nulls last,
                source_rank asc nulls last,
                case when unit = 't' then 0 else 1 end asc nulls last,
                unit asc nulls last
        ) = 1
),

only_process as (
    select
        enterprise_id,
        min(process_id) as process_id
    from {{ ref('int_inventory__processes_recognised') }}
    group by enterprise_id
    having count(distinct process_id) = 1
)

select
    chosen.enterprise_id,
    coalesce(
        recognised.process_id,
        case when chosen.item_kind = 'material' then only_process.process_id end,
        enterprise.industry_code,
        'unknown'
    ) as process_id,
    chosen.item,
    chosen.item_kind,
    chosen.period,
    chosen.quantity,
    chosen.unit,
    chosen.source,
    chosen.origin as _origin
from chosen
left join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = chosen.enterprise_id
left join
    {{ ref('int_inventory__processes_recognised') }} as recognised
    on
        recognised.enterprise_id = chosen.enterprise_id
        and recognised.item = chosen.item
        and chosen.item_kind = 'product'
left join only_process on only_process.enterprise_id = chosen.enterprise_id
