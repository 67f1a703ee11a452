-- What each site that stands after the plan is asked for: its link in chains with the strictest grade of those sources, else its own role
-- with the grade of its enterprise or of the cell that it stands in. A site without a known grade is asked for nothing new.
with

site as (
    select *
    from {{ ref('monitoring_network') }}
    where is_selected
),

chained as (
    select
        link.site_id,
        link.chain_role,
        link.enterprise_id,
        source.grade
    from {{ ref('int_exposure__chain_links_found') }} as link
    inner join {{ ref('int_exposure__chain_sources_listed') }} as source on source.enterprise_id = link.enterprise_id
),

own as (
    select
        site.site_id,
        case site.site_role
            when 'source' then 'source' when 'boundary' then 'boundary' when 'background' then 'background'
            when 'sensitive' then 'sensitive' when 'park' then 'sensitive'
        end as chain_role,
        site.enterprise_id,
        coalesce(grade.grade, cell_grade.grade) as grade
    from site
    left join {{ ref('source_grade') }} as grade on grade.enterprise_id = site.enterprise_id
    left join {{ ref('int_exposure__places_united') }} as place on 'N:' || place.place_id = site.site_id or place.place_id = site.site_id
    left join {{ ref('dim_grid_cell') }} as cell
        on
            site.enterprise_id is null
            and place.x_m >= cell.x_m - cell.size_m / 2 and place.x_m < cell.x_m + cell.size_m / 2
            and place.y_m >= cell.y_m - cell.size_m / 2 and place.y_m < cell.y_m + cell.size_m / 2
    left join {{ ref('zone_grade') }} as cell_grade on cell_grade.cell_id = cell.cell_id
),

asked as (
    select site_id, chain_role, enterprise_id, grade from chained
    union all
    select own.site_id, own.chain_role, own.enterprise_id, own.grade
    from own
    left join chained on chained.site_id = own.site_id
    where chained.site_id is null and own.chain_role is not null and own.grade is not null
)

select distinct
    asked.site_id,
    site.medium,
    asked.chain_role,
    asked.enterprise_id,
    asked.grade
from asked
inner join site on site.site_id = asked.site_id
