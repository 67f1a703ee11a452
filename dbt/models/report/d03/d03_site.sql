{# Sites of the environment one by one; outlets stand in d03_outlet. #}
with

measured as (
    select
        site_id,
        cast(count(distinct pollutant_id) as integer) as pollutant_count,
        cast(sum(n) as bigint) as result_count
    from {{ ref('d03_annex') }}
    group by site_id
)

select
    cast(row_number() over (order by site.medium asc nulls last, site.site_id asc nulls last) as integer) as row_no,
    site.site_id,
    substr(site.site_id, 3) as site_no,
    site.name,
    {{ code_word('site.medium', 'medium_of_environment') }} as medium_name,
    {{ code_word('site.site_role', 'site_role') }} as role_name,
    area.name_cn as area_name,
    site.network,
    site.longitude,
    site.latitude,
    measured.pollutant_count,
    measured.result_count,
    case
        when not site.is_listed then '未列入点位表'
        when site.longitude is null then '无坐标'
        when site.location_quality in ('swapped_repaired', 'offset_repaired') then '坐标已修复'
    end as remark
from {{ ref('dim_monitoring_site') }} as site
left join measured on measured.site_id = site.site_id
left join {{ ref('dim_area') }} as area on area.area_id = site.area_id
where coalesce(site.medium, '') not in ('waste_gas', 'waste_water') and (site.is_listed or measured.site_id is not null)
