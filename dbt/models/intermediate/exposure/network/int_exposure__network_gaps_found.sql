{# What the network lacks: demand that no site can show, places whose risk or people nobody knows, sites without a place, a budget that
   the fixed sites use up, choices that are not the only best ones, chains with missing links, proposed sites without an item, items
   without a method. One row a kind and object. #}
with

demand as (
    select
        count(case when chosen.weight is null then 1 end) as unknown_places,
        max(case when chosen.is_over_budget then 1 else 0 end) as over_budget,
        min(case when chosen.is_unique then 1 else 0 end) as is_unique,
        max(chosen.gap) as gap
    from {{ ref('int_exposure__network_sites_chosen') }} as chosen
    where chosen.is_demand
),

uncoverable as (
    select
        place_id,
        weight,
        row_number() over (order by weight desc nulls last, place_id asc nulls last) as place_no
    from {{ ref('int_exposure__network_sites_chosen') }}
    where is_demand and weight > 0 and not is_coverable
)

select
    'NETWORK:uncoverable:' || place_id as gap_id,
    '监测网络 / monitoring network ' || replace(place_id, 'C:', '网格') as subject,
    '没有候选点位能代表该处人口的风险 / no candidate site speaks for the people there' as missing,
    '该处不受监测（权重' || {{ significant_text('weight', 3) }} || '） / not shown by any site (weight '
    || {{ significant_text('weight', 3) }} || ')' as effect,
    place_id as subject_key
from uncoverable
where place_no <= 50
union all
select
    'NETWORK:uncoverable' as gap_id,
    '监测网络 / monitoring network' as subject,
    '另有 ' || {{ to_text('count(*)') }} || ' 处没有候选点位能代表 / more places without a candidate that speaks for them' as missing,
    '权重均小于已列出的 / each of less weight than those listed' as effect,
    cast(null as {{ type_string() }}) as subject_key
from uncoverable
where place_no > 50
having count(*) > 0
union all
select
    'NETWORK:unknown' as gap_id,
    '监测网络 / monitoring network' as subject,
    '风险未知的居住地点 ' || {{ to_text('unknown_places') }} || ' 处 / places whose risk is unknown' as missing,
    '不参加布点 / take no part in the siting' as effect,
    cast(null as {{ type_string() }}) as subject_key
from demand
where unknown_places > 0
union all
select
    'NETWORK:budget' as gap_id,
    '监测网络 / monitoring network' as subject,
    '预算不足以维持必留点位 / the budget does not pay for the sites that must stay' as missing,
    '不新设点位 / no site is added' as effect,
    cast(null as {{ type_string() }}) as subject_key
from demand
where over_budget = 1
union all
select
    'NETWORK:tie' as gap_id,
    '监测网络 / monitoring network' as subject,
    '最优布点不唯一 / other choices of sites are as good' as missing,
    '可按用地、供电等条件另选，与最优相差' || {{ significant_text('gap', 3) }} || ' / may be chosen otherwise, '
    || {{ significant_text('gap', 3) }} || ' from the best' as effect,
    cast(null as {{ type_string() }}) as subject_key
from demand
where is_unique = 0
union all
select
    'NETWORK:place:' || site_id as gap_id,
    '监测点位 / monitoring site ' || site_id as subject,
    '坐标未知 / place unknown' as missing,
    '保留，不参加布点优化 / kept, takes no part in the siting' as effect,
    site_id as subject_key
from {{ ref('dim_monitoring_site') }}
where medium = 'ambient_air' and coalesce(is_active, true) and (longitude is null or latitude is null)
union all
select
    'CHAIN:' || source.enterprise_id || ':' || role.code as gap_id,
    '监测链 / monitoring chain ' || source.enterprise_id as subject,
    '缺环：' || role.label_cn || ' / missing link: ' || role.code as missing,
    case
        when count(link.site_id) > 0 then '监测方案中已拟设点位 / the plan proposes a site'
        else '没有可拟设的点位 / no site can be proposed'
    end as effect,
    source.enterprise_id as subject_key
from {{ ref('int_exposure__chain_sources_listed') }} as source
inner join {{ ref('code_label') }} as role on role.code_set = 'chain_role' and role.code in ('source', 'boundary', 'sensitive')
left join {{ ref('int_exposure__chain_links_found') }} as link
    on link.enterprise_id = source.enterprise_id and link.chain_role = role.code
group by source.enterprise_id, role.code, role.label_cn
having count(case when link.is_existing then 1 end) = 0
union all
select
    'PLAN:items:' || site.site_id as gap_id,
    '拟设点位 / proposed site ' || site.site_id as subject,
    '没有可定的监测项目 / nothing that is to be measured there' as missing,
    '设点前须先定项目 / items are to be set before the site is' as effect,
    site.site_id as subject_key
from {{ ref('monitoring_network') }} as site
left join {{ ref('int_exposure__plan_rows_joined') }} as item on item.site_id = site.site_id and item.frequency is not null
where site.is_selected and not site.is_existing and item.site_id is null
union all
select
    'PLAN:' || case when max(used.method_code) is null then 'method:' else 'cost:' end || item.medium || ':' || item.pollutant_id as gap_id,
    '监测计划 / monitoring plan ' || item.pollutant_id as subject,
    {{ code_word('item.medium', 'medium_of_environment') }}
    || case
        when max(used.method_code) is null then '中的方法本方案方法库未收录 / no method is listed in '
        else '中的方法没有价格 / its method has no price in '
    end || item.medium as missing,
    '费用未知 / its cost is unknown' as effect,
    item.pollutant_id as subject_key
from {{ ref('int_exposure__plan_rows_joined') }} as item
left join {{ ref('int_exposure__plan_methods_chosen') }} as used
    on used.medium = item.medium and used.pollutant_id = item.pollutant_id
where item.medium is not null and used.cost_yuan is null
group by item.medium, item.pollutant_id
