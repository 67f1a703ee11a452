with

site as (
    select
        enterprise_id,
        bool_or(source = 'permit') as in_permit,
        bool_or(source = 'census') as in_census,
        bool_or(source = 'key_unit') as in_key_unit_list,
        bool_or(source = 'chemical_survey') as in_chemical_survey,
        bool_or(source = 'site_survey') as in_site_survey
    from {{ ref('int_inventory__enterprise_matched') }}
    where enterprise_id not like '%-000'
    group by enterprise_id
),

chosen as (
    select
        enterprise_id,
        max(case when attribute = 'permit_no' then value end) as permit_no,
        max(case when attribute = 'credit_code' then value end) as credit_code,
        max(case when attribute = 'name' then value end) as name,
        max(case when attribute = 'status' then value end) as status,
        max(case when attribute = 'industry_code' then value end) as industry_code,
        max(case when attribute = 'industry_name' then value end) as industry_name,
        max(case when attribute = 'park' then value end) as park,
        max(case when attribute = 'employees' then cast(value as integer) end) as employees,
        max(case when attribute = 'place' then longitude end) as longitude,
        max(case when attribute = 'place' then latitude end) as latitude,
        max(case when attribute = 'place' then source end) as place_source,
        bool_or(attribute = 'place' and {{ list_has('flags', "'XY-SWAPPED'") }}) as is_swapped,
        bool_or(attribute = 'place' and {{ list_has('flags', "'XY-OFFSET'") }}) as is_offset,
        {{ origin_collect('origin') }} as origin
    from {{ ref('int_inventory__site_attributes_chosen') }}
    group by enterprise_id
),

former_name as (
    select
        enterprise_id,
        {{ list_agg_distinct('other_name') }} as former_names,
        {{ origin_collect('origin') }} as origin
    from {{ ref('int_inventory__other_names_found') }}
    group by enterprise_id
),

outside as (
    select enterprise_id, bool_or({{ list_has('_flags', "'XY-OUTSIDE'") }}) as is_outside
    from {{ ref('int_inventory__site_records_unioned') }}
    group by enterprise_id
),

{# a park is known by its id, its name or an alias #}
park as (
    select chosen.enterprise_id, min(area.area_id) as park_id
    from chosen
    inner join
        {{ ref('dim_area') }} as area
        on
            area.area_kind = 'park'
            and (chosen.park = area.area_id or chosen.park = area.name_cn or {{ list_has('area.aliases', 'chosen.park') }})
    group by chosen.enterprise_id
)

select
    site.enterprise_id,
    chosen.credit_code,
    chosen.permit_no,
    chosen.name,
    coalesce(former_name.former_names, {{ 'cast(' ~ list_of([]) ~ ' as varchar[])' }}) as former_names,
    case
        when chosen.status is not null then chosen.status
        when taken_over.enterprise_id is not null then 'merged'
        else not_rated.code
    end as status,
    chosen.industry_code,
    coalesce(industry.industry_name, chosen.industry_name) as industry_name,
    coalesce(park.park_id, located.park_id) as park_id,
    chosen.longitude,
    chosen.latitude,
    case
        when chosen.longitude is null and outside.is_outside then 'outside'
        when chosen.longitude is null then 'missing'
        when chosen.is_swapped then 'swapped_repaired'
        when chosen.is_offset then 'offset_repaired'
        when chosen.place_source = 'site_survey' then 'surveyed'
        else 'reported'
    end as location_quality,
    site.in_permit,
    site.in_census,
    site.in_key_unit_list,
    site.in_chemical_survey,
    site.in_site_survey,
    chosen.employees,
    {{ origin_join([
        'chosen.origin', 'former_name.origin', 'located.origin', 'taken_over.origin', origin_seed('code_label', 'not_rated', {'status': 'code'})]) }} as _origin
from site
left join chosen on chosen.enterprise_id = site.enterprise_id
left join former_name on former_name.enterprise_id = site.enterprise_id
left join outside on outside.enterprise_id = site.enterprise_id
left join park on park.enterprise_id = site.enterprise_id
left join {{ ref('int_inventory__parks_located') }} as located on located.enterprise_id = site.enterprise_id
left join {{ ref('int_inventory__sites_taken_over') }} as taken_over on taken_over.enterprise_id = site.enterprise_id
left join {{ ref('industry_code') }} as industry on industry.industry_code = chosen.industry_code
{# a site whose status no register states is 未评 #}
left join
    {{ seed_rows('code_label') }} as not_rated
    on
        not_rated.code_set = 'enterprise_status'
        and not_rated.code = 'not_rated'
        and chosen.status is null
        and taken_over.enterprise_id is null
