-- Values above a limit, merged into episodes: one ends where the next value is not above the limit, is missing, or begins later than
-- this one ended. A grab sample has no length: it begins and ends at once and its hours are unknown.
with

above as (
    select
        site_id,
        pollutant_id,
        limit_id,
        sampled_at as started_at,
        max(duration_h) as duration_h,
        max(ratio) as ratio,
        max(qc_level) as qc_level,
        min(averaging_time) as averaging_time,
        min(standard_code) as standard_code,
        min(standard_class) as standard_class,
        min(limit_value) as limit_value,
        min(unit) as unit
    from {{ ref('int_exposure__results_compared') }}
    where is_exceedance
    group by site_id, pollutant_id, limit_id, sampled_at
),

timed as (
    select
        above.*,
        coalesce({{ hours_after('started_at', 'cast(duration_h as integer)') }}, started_at) as ended_at
    from above
),

marked as (
    select
        timed.*,
        case
            when
                lag(ended_at) over (
                    partition by site_id, pollutant_id, limit_id
                    order by started_at asc nulls last
                ) >= started_at
                and duration_h is not null
                then 0
            else 1
        end as is_first
    from timed
),

numbered as (
    select
        marked.*,
        sum(is_first) over (
            partition by site_id, pollutant_id, limit_id
            order by started_at asc nulls last
            rows between unbounded preceding and current row
        ) as episode_no
    from marked
)

select
    numbered.site_id,
    min(site.enterprise_id) as enterprise_id,
    numbered.pollutant_id,
    numbered.limit_id,
    min(numbered.started_at) as started_at,
    max(numbered.ended_at) as ended_at,
    {{ period_of('min(numbered.started_at)', 'year') }} as year,
    {{ period_of('min(numbered.started_at)', 'month') }} as month,
    cast(sum(numbered.duration_h) as double) as hours,
    max(numbered.ratio) as max_ratio,
    max(numbered.qc_level) as qc_level,
    cast(count(*) as integer) as value_count,
    min(numbered.averaging_time) as averaging_time,
    min(numbered.standard_code) as standard_code,
    min(numbered.standard_class) as standard_class,
    min(numbered.limit_value) as limit_value,
    min(numbered.unit) as unit
from numbered
left join {{ ref('dim_monitoring_site') }} as site on site.site_id = numbered.site_id
group by numbered.site_id, numbered.pollutant_id, numbered.limit_id, numbered.episode_no
