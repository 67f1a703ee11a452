{# 对应排放口 may say its permit or site too: 91…001P:DA001, 91…-001 DA001 #}
{%- set permit_before_number = '^[0-9A-Z]{18}-?[0-9]{3}[A-Z]?[^0-9A-Za-z]+' -%}
with stated as (
    select
        *,
        permit_no is null and {{ regexp_like('outlet_no', permit_before_number) }} as names_permit
    from {{ ref('int_core__monitoring_sites_unioned') }}
),

sites as (
    select
        *,
        case
            when {{ is_chinese_permit_no('permit_no') }} then substr(permit_no, 1, 18) || '-' || substr(permit_no, 19, 3)
            when names_permit then substr(outlet_no, 1, 18) || '-' || substr(replace(substr(outlet_no, 19), '-', ''), 1, 3)
            else permit_no
        end as enterprise_of_permit,
        case
            when names_permit then {{ regexp_replace_all('outlet_no', permit_before_number) }}
            else outlet_no
        end as outlet_number
    from stated
),

-- a number alone names an outlet where no other has it
only_outlet as (
    select
        {{ regexp_replace_all('outlet_id', '^[^:]*:') }} as outlet_number,
        min(outlet_id) as outlet_id
    from {{ ref('dim_outlet') }}
    where outlet_id not like '%-000:%'
    group by 1
    having count(*) = 1
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
        coalesce(
            by_permit.enterprise_id,
            by_code.enterprise_id,
            {{ regexp_replace_all('only_outlet.outlet_id', ':.*$') }}
        ) as enterprise_id
    from sites
    left join {{ ref('dim_enterprise') }} as by_permit on by_permit.enterprise_id = sites.enterprise_of_permit
    left join enterprise_of_code as by_code on by_code.credit_code = sites.credit_code
    left join only_outlet
        on
            only_outlet.outlet_number = sites.outlet_number
            and sites.enterprise_of_permit is null and sites.credit_code is null
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
    place.area_id,
    linked.location_quality,
    linked.is_listed,
    linked._origin
from linked
left join {{ ref('int_core__places_assigned') }} as place on place.place_id = 'S:' || linked.site_no
left join {{ ref('dim_outlet') }} as outlet
    on outlet.outlet_id = linked.enterprise_id || ':' || linked.outlet_number
