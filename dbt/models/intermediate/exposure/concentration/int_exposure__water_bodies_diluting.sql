-- How a body of water dilutes: a river by full mixing with its low flow (HJ 2.3-2018: flow of 90 % guarantee) and the effluents that are
-- measured; the sea by its initial dilution. A body that states neither dilutes by an unknown amount.
with

outlet as (
    select distinct outlet_id, water_body, flow_m3_s
    from {{ ref('int_exposure__water_releases_routed') }}
    where discharge_route = 'direct'
),

effluent as (
    select
        water_body,
        {{ exact_sum('flow_m3_s') }} as flow_m3_s
    from outlet
    group by water_body
),

body as (
    select
        trim(name) as water_body,
        max(flow_p90_m3_s) as flow_p90_m3_s,
        max(initial_dilution) as initial_dilution,
        min(velocity_m_s) as velocity_m_s,
        min(depth_m) as depth_m
    from {{ ref('stg_geography__water_bodies') }}
    where name is not null
    group by trim(name)
)

select
    body.water_body,
    case
        when body.flow_p90_m3_s > 0 then 'full_mix'
        when body.initial_dilution > 0 then 'initial_dilution'
        else 'unknown'
    end as dilution_kind,
    case when body.flow_p90_m3_s > 0 then body.flow_p90_m3_s + coalesce(effluent.flow_m3_s, 0) end as mixed_flow_m3_s,
    case when body.flow_p90_m3_s > 0 then body.flow_p90_m3_s end as low_flow_m3_s,
    case when body.initial_dilution > 0 then body.initial_dilution end as initial_dilution,
    case when body.velocity_m_s > 0 then body.velocity_m_s end as velocity_m_s,
    case when body.depth_m > 0 then body.depth_m end as depth_m
from body
left join effluent on effluent.water_body = body.water_body
