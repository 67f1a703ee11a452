-- The process of every stack and waste water outlet of plants whose products the manual knows: that of its plant, else the only one
-- of its site. An outlet of several processes (a shared stack, plant not told) is shared out where a decision says how: one row a process
-- with its share. Without one it makes the whole site one cell of its class row: its parts cannot be told apart, so all outlets and
-- products of the site belong to that cell (`is_plant_level`).
with

plant_process as (
    select distinct
        recognised.enterprise_id,
        product.plant,
        recognised.process_id
    from {{ ref('stg_permit__products') }} as product
    inner join
        {{ ref('int_inventory__enterprise_matched') }} as matched
        on matched.source = 'permit' and matched.source_key = product.permit_no
    inner join
        {{ ref('int_inventory__processes_recognised') }} as recognised
        on recognised.enterprise_id = matched.enterprise_id and recognised.item = product.product_name
),

plant as (
    select
        enterprise_id,
        plant,
        count(distinct process_id) as process_count,
        min(process_id) as process_id
    from plant_process
    where plant is not null
    group by enterprise_id, plant
),

site as (
    select
        enterprise_id,
        count(distinct process_id) as process_count,
        min(process_id) as process_id
    from {{ ref('int_inventory__processes_recognised') }}
    group by enterprise_id
),

decided as (
    select * from {{ ref('int_emission_factor__outlet_shares_decided') }}
    where reason_code is null and share > 0
),

shared_outlet as (
    select distinct outlet_id from decided
),

placed as (
    select
        outlet.outlet_id,
        outlet.enterprise_id,
        outlet.outlet_kind,
        case
            when plant.process_count = 1 then plant.process_id
            when site.process_count = 1 then site.process_id
        end as process_id,
        enterprise.industry_code
    from {{ ref('dim_outlet') }} as outlet
    inner join site on site.enterprise_id = outlet.enterprise_id
    inner join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = outlet.enterprise_id
    left join
        {{ ref('int_inventory__enterprise_matched') }} as matched
        on matched.enterprise_id = outlet.enterprise_id and matched.source = 'permit'
    left join
        {{ ref('stg_permit__outlets') }} as stated
        on stated.permit_no = matched.source_key and outlet.outlet_id = outlet.enterprise_id || ':' || stated.outlet_no
    left join plant on plant.enterprise_id = outlet.enterprise_id and plant.plant = stated.plant
    where outlet.outlet_kind in ('stack', 'waste_water')
    qualify
        row_number() over (
            partition by outlet.outlet_id
            order by
                stated.record_year desc nulls last,
                stated._file_no asc nulls last,
                stated._row asc nulls last,
                stated._record_id asc nulls last
        ) = 1
)

select
    placed.outlet_id,
    placed.enterprise_id,
    placed.outlet_kind,
    case placed.outlet_kind when 'stack' then 'production' else 'waste_water' end as stage,
    case placed.outlet_kind when 'stack' then 'air' else 'water' end as medium,
    case when placed.has_shared then 'C' || placed.industry_code else coalesce(decided.process_id, placed.process_id) end as process_id,
    placed.has_shared as is_plant_level,
    coalesce(decided.share, 1) as share,
    {{ origin_decision('decided', 'emission_kg') }} as share_origin
from (
    select
        placed.*,
        bool_or(placed.process_id is null and shared_outlet.outlet_id is null) over (partition by placed.enterprise_id) as has_shared
    from placed
    left join shared_outlet on shared_outlet.outlet_id = placed.outlet_id
) as placed
left join decided on decided.outlet_id = placed.outlet_id and not placed.has_shared
