-- Outlets with online monitoring, as monitoring sites of their own: the list of sites seldom has them. Outlet numbers DW… are of
-- waste water (HJ 608-2017), the others of waste gas. The first row of the first file is the origin.
with first_file as (
    select
        {{ online_site_no('outlet_hour') }} as site_no,
        min(outlet_hour._file_no) as file_no
    from {{ ref('stg_monitoring__outlet_hours') }} as outlet_hour
    group by 1
)

select
    first_file.site_no,
    min(outlet_hour.permit_no) as permit_no,
    min(outlet_hour.credit_code) as credit_code,
    min(outlet_hour.outlet_no) as outlet_no,
    case when min(outlet_hour.outlet_no) like 'DW%' then 'waste_water' else 'waste_gas' end as medium,
    {{ origin_rows(
        'monitoring_outlet_hour', 'first_file.file_no', 'min(outlet_hour._sheet)', 'min(outlet_hour._row)',
        'min(outlet_hour._row)', 'outlet_no', 'site_id'
    ) }} as _origin
from first_file
inner join {{ ref('stg_monitoring__outlet_hours') }} as outlet_hour
    on {{ online_site_no('outlet_hour') }} = first_file.site_no and outlet_hour._file_no = first_file.file_no
group by first_file.site_no, first_file.file_no
