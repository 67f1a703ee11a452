-- Who monitors each red and orange source from the source over its boundary to the people: the sites that do, and those that are missing. A
-- chain is complete where every link has a site that exists.
with

missing as (
    select
        source.enterprise_id,
        role.code as chain_role
    from {{ ref('int_exposure__chain_sources_listed') }} as source
    inner join {{ ref('code_label') }} as role on role.code_set = 'chain_role' and role.code in ('source', 'boundary', 'sensitive')
    left join {{ ref('int_exposure__chain_links_found') }} as link
        on link.enterprise_id = source.enterprise_id and link.chain_role = role.code and link.is_existing
    where link.enterprise_id is null
),

lacking as (
    select
        enterprise_id,
        {{ list_agg_distinct('chain_role') }} as missing_links
    from missing
    group by enterprise_id
)

select
    link.enterprise_id,
    link.chain_role,
    link.site_id,
    link.is_existing,
    lacking.enterprise_id is null as is_complete,
    {{ list_join(['lacking.missing_links'], 'varchar[]') }} as missing_links,
    source.grade,
    case when source.is_by_air then 'air' else 'water' end as medium,
    link.distance_m,
    link.is_downwind
from {{ ref('int_exposure__chain_links_found') }} as link
inner join {{ ref('int_exposure__chain_sources_listed') }} as source on source.enterprise_id = link.enterprise_id
left join lacking on lacking.enterprise_id = link.enterprise_id
