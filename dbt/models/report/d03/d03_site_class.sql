{# Sites by medium and role, with what was measured there in the assessment year. #}
with

measured as (
    select
        site_id,
        cast(count(distinct pollutant_id) as integer) as pollutant_count,
        sum(n) as result_count
    from {{ ref('d03_annex') }}
    group by site_id
),

classed as (
    select
        site.medium,
        site.site_role,
        cast(count(*) as integer) as site_count,
        cast(count(measured.site_id) as integer) as measured_count,
        max(measured.pollutant_count) as pollutant_count,
        cast(sum(measured.result_count) as bigint) as result_count,
        cast(count(case when site.longitude is null then 1 end) as integer) as placeless_count
    from {{ ref('dim_monitoring_site') }} as site
    left join measured on measured.site_id = site.site_id
    where site.medium is not null
    group by site.medium, site.site_role
)

select
    cast(row_number() over (order by medium asc nulls last, site_role asc nulls last) as integer) as row_no,
    medium,
    coalesce(site_role, '') as site_role,
    {{ code_word('classed.medium', 'medium_of_environment') }} as medium_name,
    coalesce({{ code_word('classed.site_role', 'site_role') }}, '未注明') as role_name,
    site_count,
    measured_count,
    placeless_count,
    pollutant_count,
    result_count
from classed
