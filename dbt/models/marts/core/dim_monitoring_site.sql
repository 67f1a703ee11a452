{{ config(pre_hook=["{{ load_spatial() }}"]) }}

with sites as (
    select
        *,
        case
            when {{ is_chinese_permit_no('permit_no') }} then substr(permit_no, 1, 18) || '-' || substr(permit_no, 19, 3)
            else permit_no
        end as enterprise_of_permit
    from {{ ref('int_monitoring__sites_unioned') }}
),

-- a code alone names a site only where the code has one; else the legal entity
enterprise_of_code as (
    select
        credit_code,
        case when count(*) = 1 then min(enterprise_id) else credit_code || '-000' end as enterprise_id
    from {{ ref('dim_enterprise') }}
    where credit_code is not null and enterprise_id not like '%-000'
    group by credit_code
),

linked as (
    select
        sites.*,
        coalesce(by_permit.enterprise_id, by_code.enterprise_id) as enterprise_id
    from sites
    left join {{ ref('dim_enterprise') }} as by_permit on by_permit.enterprise_id = sites.enterprise_of_permit
    left join enterprise_of_code as by_code on by_code.credit_code = sites.credit_code
),

containing as (
    select
        linked.site_no,
        area.area_id,
        row_number() over (
            partition by linked.site_no
            order by {{ area_rank('area.area_kind') }} asc nulls last, area.area_id asc nulls last
        ) as choice
    from linked
    inner join {{ ref('dim_area') }} as area
        on {{ contains_point(geometry_of('area.geometry_wkt'), point_of('linked.longitude', 'linked.latitude')) }}
)

select
    'S:' || linked.site_no as site_id,
    linked.name,
    linked.medium,
    linked.site_role,
    linked.network,
    outlet.outlet_id,
    linked.enterprise_id,
    linked.water_body,
    linked.is_active,
    linked.longitude,
    linked.latitude,
    containing.area_id,
    linked.location_quality,
    linked.is_listed,
    linked._origin
from linked
left join containing on containing.site_no = linked.site_no and containing.choice = 1
left join {{ ref('dim_outlet') }} as outlet
    on outlet.outlet_id = linked.enterprise_id || ':' || linked.outlet_no
