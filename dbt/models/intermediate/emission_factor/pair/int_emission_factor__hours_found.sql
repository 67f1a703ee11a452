-- Running hours of a site in a year, as the site survey states them (for all years), else those of its longest running treatment
-- device in the execution report of the year.
with

surveyed as (
    select
        matched.enterprise_id,
        max(profile.run_hours_h_a) as run_hours_h_a
    from {{ ref('stg_site_survey__profiles') }} as profile
    inner join
        {{ ref('int_inventory__enterprise_matched') }} as matched
        on
            matched.source = 'site_survey'
            and matched.source_key = {{ enterprise_source_key('profile.permit_no', 'profile.credit_code', 'profile.name') }}
    where profile.run_hours_h_a > 0
    group by matched.enterprise_id
),

reported as (
    select
        matched.enterprise_id,
        {{ period_year('treatment.period') }} as year,
        max(treatment.run_hours_h) as run_hours_h_a
    from {{ ref('stg_permit__treatments') }} as treatment
    inner join
        {{ ref('int_inventory__enterprise_matched') }} as matched
        on matched.source = 'permit' and matched.source_key = treatment.permit_no
    where treatment.run_hours_h > 0
    group by matched.enterprise_id, {{ period_year('treatment.period') }}
),

site_year as (
    select distinct
        enterprise_id,
        {{ period_year('period') }} as year
    from {{ ref('activity') }}
)

select
    site_year.enterprise_id,
    site_year.year,
    coalesce(surveyed.run_hours_h_a, reported.run_hours_h_a) as run_hours_h_a
from site_year
left join surveyed on surveyed.enterprise_id = site_year.enterprise_id
left join reported on reported.enterprise_id = site_year.enterprise_id and reported.year = site_year.year
where site_year.year is not null
