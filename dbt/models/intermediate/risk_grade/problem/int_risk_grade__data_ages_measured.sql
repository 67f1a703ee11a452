-- How old the newest data of each site are: the last day of the newest year that it released in, its newest survey, sample or problem.
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
),

dated as (
    select
        claim.enterprise_id,
        max({{ period_last_day(to_text('claim.year')) }}) as content_on
    from {{ ref('emission_claim') }} as claim
    group by claim.enterprise_id
    union all
    select
        site.enterprise_id,
        max(cast(result.sampled_at as date)) as content_on
    from {{ ref('int_exposure__results_converted') }} as result
    inner join {{ ref('dim_monitoring_site') }} as site on site.site_id = result.site_id
    where site.enterprise_id is not null
    group by site.enterprise_id
    union all
    select
        matched.enterprise_id,
        max(problem.found_on) as content_on
    from {{ ref('stg_supervision__problems') }} as problem
    inner join {{ ref('int_inventory__named_records_matched') }} as matched
        on matched.raw_table = 'supervision_problem' and matched._record_id = problem._record_id
    group by matched.enterprise_id
),

newest as (
    select
        dated.enterprise_id,
        max(least(dated.content_on, build.as_of)) as data_as_of
    from dated
    cross join build
    where dated.content_on is not null
    group by dated.enterprise_id
)

select
    newest.enterprise_id,
    newest.data_as_of,
    cast({{ days_between('newest.data_as_of', 'build.as_of') }} as integer) as days_since
from newest
cross join build
