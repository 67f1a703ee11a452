-- Sites of the site list, sites that only results name (their place and role are unknown until the list has them), and outlets
-- with online monitoring.
with listed as (
    select
        site.site_id as site_no,
        site.name,
        medium_code.code as medium,
        role_code.code as site_role,
        site.network,
        site.permit_no,
        site.credit_code,
        site.outlet_no,
        site.water_body,
        case active_code.code when 'true' then true when 'false' then false end as is_active,
        site.longitude,
        site.latitude,
        {{ location_quality('site._flags', 'site.longitude') }} as location_quality,
        true as is_listed,
        {{ origin_cells('monitoring_site', 'site', {
            'site_id': 'site_id',
            'name': 'site_name',
            'medium': 'medium',
            'site_role': 'site_role',
            'network': 'network',
            'outlet_id': 'outlet_no',
            'enterprise_id': 'permit_no',
            'water_body': 'water_body',
            'is_active': 'in_use',
            'longitude': 'longitude',
            'latitude': 'latitude',
        }) }} as _origin
    from {{ ref('stg_monitoring__sites') }} as site
    left join {{ ref('crosswalk_code') }} as medium_code
        on medium_code.code_set = 'medium_of_environment' and lower(medium_code.word) = lower(trim(site.medium_word))
    left join {{ ref('crosswalk_code') }} as role_code
        on role_code.code_set = 'site_role' and lower(role_code.word) = lower(trim(site.site_role_word))
    left join {{ ref('crosswalk_code') }} as active_code
        on active_code.code_set = 'yes_no' and lower(active_code.word) = lower(trim(site.in_use_word))
),

sampled as (
    select
        sample_record.site_id as site_no,
        sample_record.site_name as name,
        medium_code.code as medium,
        sample_record.network,
        {{ origin_cells('monitoring_sample', 'sample_record', {
            'site_id': 'site_id',
            'name': 'site_name',
            'medium': 'medium',
            'network': 'network',
        }) }} as _origin
    from {{ ref('stg_monitoring__samples') }} as sample_record
    left join {{ ref('crosswalk_code') }} as medium_code
        on medium_code.code_set = 'medium_of_environment' and lower(medium_code.word) = lower(trim(sample_record.medium_word))
    where sample_record.site_id is not null
    qualify
        row_number() over (
            partition by sample_record.site_id
            order by
                sample_record._file_no asc nulls last,
                sample_record._sheet asc nulls last,
                sample_record._row asc nulls last,
                sample_record._field asc nulls last, sample_record._record_id asc nulls last
        ) = 1
),

{# hourly files: the first row that names the site is its origin #}
measured_first as (
    select
        site_id as site_no,
        min(_file_no) as file_no
    from {{ ref('stg_monitoring__station_hours') }}
    where site_id is not null
    group by site_id
),

measured as (
    select
        hour.site_id as site_no,
        min(hour.network) as network,
        {{ origin_rows(
            'monitoring_station_hour', 'measured_first.file_no', 'min(hour._sheet)', 'min(hour._row)', 'min(hour._row)',
            'site_id', 'site_id'
        ) }} as _origin
    from measured_first
    inner join {{ ref('stg_monitoring__station_hours') }} as hour
        on hour.site_id = measured_first.site_no and hour._file_no = measured_first.file_no
    group by hour.site_id, measured_first.file_no
),

found as (
    select
        coalesce(sampled.site_no, measured.site_no) as site_no,
        sampled.name,
        sampled.medium,
        coalesce(sampled.network, measured.network) as network,
        coalesce(sampled._origin, measured._origin) as _origin
    from sampled
    full outer join measured on measured.site_no = sampled.site_no
)

select * from listed
union all
select
    found.site_no,
    found.name,
    found.medium,
    cast(null as {{ type_string() }}) as site_role,
    found.network,
    cast(null as {{ type_string() }}) as permit_no,
    cast(null as {{ type_string() }}) as credit_code,
    cast(null as {{ type_string() }}) as outlet_no,
    cast(null as {{ type_string() }}) as water_body,
    cast(null as boolean) as is_active,
    cast(null as double) as longitude,
    cast(null as double) as latitude,
    'missing' as location_quality,
    false as is_listed,
    found._origin
from found
where found.site_no not in (select site_no from listed)
union all
select
    outlet.site_no,
    cast(null as {{ type_string() }}) as name,
    outlet.medium,
    'source' as site_role,
    cast(null as {{ type_string() }}) as network,
    outlet.permit_no,
    outlet.credit_code,
    outlet.outlet_no,
    cast(null as {{ type_string() }}) as water_body,
    cast(null as boolean) as is_active,
    cast(null as double) as longitude,
    cast(null as double) as latitude,
    'missing' as location_quality,
    false as is_listed,
    outlet._origin
from {{ ref('int_core__outlets_measured') }} as outlet
where outlet.site_no not in (select site_no from listed)
