-- What each site of ambient air adds to the risk × people that the network shows, existing ones first.
select
    network.pick_order as row_no,
    network.site_id,
    site.site_no,
    site.name,
    site.action,
    100 * network.marginal_gain as gain_pct,
    100 * network.covered_risk_share as covered_pct,
    100 * network.covers_share as alone_pct,
    100 * network.loss_if_stopped as loss_pct,
    network.cost_yuan_a / 10000 as site_cost_wan,
    case when network.is_fixed then '是' else '否' end as is_fixed,
    case when network.is_selected_by_emission then '是' else '否' end as is_by_emission
from {{ ref('monitoring_network') }} as network
inner join {{ ref('d05_site') }} as site on site.site_id = network.site_id
where network.pick_order is not null
