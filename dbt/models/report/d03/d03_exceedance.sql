{# Exceedances of the assessment year in the environment, by site, pollutant and limit. #}
with

episode as (
    select
        episode.*,
        site.medium
    from {{ ref('exceedance') }} as episode
    inner join {{ ref('edition') }} as edition on episode.year = {{ to_text('edition.assessment_year') }}
    inner join {{ ref('dim_monitoring_site') }} as site on site.site_id = episode.site_id
    where site.medium not in ('waste_gas', 'waste_water') or site.medium is null
),

pooled as (
    select
        site_id,
        pollutant_id,
        limit_id,
        min(medium) as medium,
        min(averaging_time) as averaging_time,
        min(standard_code) as standard_code,
        min(standard_class) as standard_class,
        min(limit_value) as limit_value,
        min(unit) as unit,
        cast(count(*) as integer) as episode_count,
        sum(value_count) as value_count,
        max(hours) as longest_h,
        max(max_ratio) as max_ratio,
        min(started_at) as first_at,
        max(started_at) as last_at
    from episode
    group by site_id, pollutant_id, limit_id
)

select
    cast(row_number() over (
        order by pooled.max_ratio desc nulls last, pooled.site_id asc nulls last, pooled.pollutant_id asc nulls last,
        pooled.limit_id asc nulls last
    ) as integer) as row_no,
    pooled.site_id,
    pooled.pollutant_id,
    pooled.limit_id,
    substr(pooled.site_id, 3) as site_no,
    coalesce(pollutant.name_cn, pooled.pollutant_id) as pollutant,
    {{ code_word('pooled.averaging_time', 'averaging_time') }} as averaging_name,
    pooled.standard_code || '（' || pooled.standard_class || '）' as standard,
    {{ displayed('pooled.limit_value') }} as limit_value,
    {{ displayed_unit('pooled.unit') }} as unit_name,
    pooled.episode_count,
    cast(pooled.value_count as integer) as value_count,
    pooled.longest_h,
    pooled.max_ratio,
    cast(pooled.first_at as date) as first_day,
    cast(pooled.last_at as date) as last_day
from pooled
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = pooled.pollutant_id
{{ display_unit_join('pooled') }}
