{# One source an item and period: permit, census, site survey; masses before other units. Figures of one source in one unit
   are summed (an item may stand under several product codes). #}
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
)

select
    chosen.enterprise_id,
    coalesce(enterprise.industry_code, 'unknown') as process_id,
    chosen.item,
    chosen.item_kind,
    chosen.period,
    chosen.quantity,
    chosen.unit,
    chosen.source,
    chosen.origin as _origin
from chosen
left join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = chosen.enterprise_id
