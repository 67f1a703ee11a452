{# The chain of each red or orange source from source over boundary to sensitive point; broken ones first. #}
with

link as (
    select
        chain.enterprise_id,
        chain.chain_role,
        {{ listagg_text("coalesce(site.name, site.site_no) || case when chain.is_existing then '' else '（拟设）' end", '、') }} as sites
    from {{ ref('monitoring_chain') }} as chain
    inner join {{ ref('d05_site') }} as site on site.site_id = chain.site_id
    group by chain.enterprise_id, chain.chain_role
),

source as (
    select
        enterprise_id,
        min(grade) as grade,
        min(medium) as medium,
        min(case when is_complete then 1 else 0 end) = 1 as is_complete
    from {{ ref('monitoring_chain') }}
    group by enterprise_id
),

missing as (
    select distinct
        enterprise_id,
        {{ unnest_list('missing_links') }} as chain_role
    from {{ ref('monitoring_chain') }}
),

lacking as (
    select
        missing.enterprise_id,
        {{ listagg_text('label.label_cn', '、', 'label.sort_no') }} as links
    from missing
    inner join {{ ref('code_label') }} as label on label.code_set = 'chain_role' and label.code = missing.chain_role
    group by missing.enterprise_id
)

select
    cast(
        row_number() over (order by source.is_complete asc nulls last, source.grade asc nulls last, source.enterprise_id asc nulls last)
        as integer
    ) as row_no,
    source.enterprise_id,
    enterprise.name,
    park.name_cn as park_name,
    {{ grade_word('source.grade') }} as grade,
    case source.medium when 'air' then '大气' else '水' end as route,
    coalesce(at_source.sites, '无') as source_sites,
    coalesce(at_boundary.sites, '无') as boundary_sites,
    coalesce(at_people.sites, '无') as sensitive_sites,
    source.is_complete,
    case when source.is_complete then '完整' else '断链：缺' || lacking.links end as state
from source
inner join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = source.enterprise_id
left join {{ ref('dim_area') }} as park on park.area_id = enterprise.park_id
left join lacking on lacking.enterprise_id = source.enterprise_id
left join link as at_source on at_source.enterprise_id = source.enterprise_id and at_source.chain_role = 'source'
left join link as at_boundary on at_boundary.enterprise_id = source.enterprise_id and at_boundary.chain_role = 'boundary'
left join link as at_people on at_people.enterprise_id = source.enterprise_id and at_people.chain_role = 'sensitive'
