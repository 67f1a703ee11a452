{# Every site that stands today or after the plan, with what the plan does with it. Candidates that are not chosen are left out. #}
with

watched as (
    select distinct
        chain.site_id,
        enterprise.name
    from {{ ref('monitoring_chain') }} as chain
    inner join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = chain.enterprise_id
    union distinct
    select
        network.site_id,
        enterprise.name
    from {{ ref('monitoring_network') }} as network
    inner join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = network.enterprise_id
),

named as (
    select site_id, {{ listagg_text('name', '、') }} as source_names
    from watched
    where name is not null
    group by site_id
),

item as (
    select
        site_id,
        cast(count(frequency) as integer) as item_count,
        cast(count(current_frequency) as integer) as current_item_count,
        cast(count(case when frequency is not null and cost_yuan_a is null then 1 end) as integer) as unpriced_count,
        {{ known_cost_wan('frequency', 'cost_yuan_a') }} as cost_wan,
        {{ known_cost_wan('current_frequency', 'current_cost_yuan_a') }} as current_cost_wan,
        coalesce({{ exact_sum("case when frequency = 'continuous' then cost_yuan_a end") }}, 0) / 10000 as online_cost_wan,
        coalesce({{ exact_sum("case when current_frequency = 'continuous' then current_cost_yuan_a end") }}, 0) / 10000
            as current_online_cost_wan,
        min(case when change <> 'retained' and frequency is not null then starts end) as starts
    from {{ ref('monitoring_plan') }}
    group by site_id
),

numbered as (
    select
        network.*,
        medium.sort_no as medium_order,
        case
            when not network.is_existing
                then row_number() over (
                    partition by network.is_existing
                    order by
                        case when network.action is null then 2 else 1 end asc nulls last, medium.sort_no asc nulls last,
                        network.pick_order asc nulls last, network.site_id asc nulls last
                )
        end as new_no
    from {{ ref('monitoring_network') }} as network
    left join {{ ref('code_label') }} as medium on medium.code_set = 'medium_of_environment' and medium.code = network.medium
)

select
    cast(
        row_number() over (
            order by
                case when numbered.action = 'keep' then 2 else 1 end asc nulls last, numbered.medium_order asc nulls last,
                action.sort_no asc nulls last, numbered.pick_order asc nulls last, numbered.site_id asc nulls last
        ) as integer
    ) as row_no,
    numbered.site_id,
    case
        when not numbered.is_existing then '拟' || {{ to_text('numbered.new_no') }}
        when site.outlet_id is not null and not coalesce(site.is_listed, false) then '—'
        else substr(numbered.site_id, 3)
    end as site_no,
    case
        when site.name is not null then site.name
        when numbered.chain_role = 'boundary' and not numbered.is_existing then '厂界'
        when outlet.outlet_name is not null then outlet.outlet_name
        when not numbered.is_existing and numbered.medium = 'ambient_air' then coalesce(area.name_cn, '') || '居住区'
        when site.outlet_id is not null then '名称未登记的排放口（' || {{ regexp_replace_all('numbered.site_id', '^.*:') }} || '）'
    end as name,
    numbered.medium as medium_code,
    {{ code_word('numbered.medium', 'medium_of_environment') }} as medium,
    {{ code_word('numbered.site_role', 'site_role') }} as site_role,
    numbered.longitude,
    numbered.latitude,
    {{ code_word('numbered.chain_role', 'chain_role') }} as chain_role,
    named.source_names,
    coalesce(item.current_item_count, 0) as current_item_count,
    coalesce(item.item_count, 0) as item_count,
    coalesce(item.unpriced_count, 0) as unpriced_count,
    case when item.site_id is null then 0 else item.current_cost_wan end as current_cost_wan,
    case when item.site_id is null then 0 else item.cost_wan end as cost_wan,
    coalesce(item.current_online_cost_wan, 0) as current_online_cost_wan,
    coalesce(item.online_cost_wan, 0) as online_cost_wan,
    numbered.action as action_code,
    case
        when numbered.action = 'move' and numbered.is_existing then '迁出'
        when numbered.action = 'move' then '迁入'
        else {{ code_word('numbered.action', 'network_action') }}
    end as action,
    numbered.is_existing,
    numbered.is_selected,
    numbered.action <> 'keep' as is_changed,
    item.starts
from numbered
left join {{ ref('dim_monitoring_site') }} as site on site.site_id = numbered.site_id
left join {{ ref('dim_outlet') }} as outlet
    on outlet.outlet_id = coalesce(site.outlet_id, substr(numbered.site_id, 3))
left join {{ ref('dim_area') }} as area on area.area_id = numbered.area_id
left join {{ ref('code_label') }} as action on action.code_set = 'network_action' and action.code = numbered.action
left join named on named.site_id = numbered.site_id
left join item on item.site_id = numbered.site_id
where numbered.action is not null
