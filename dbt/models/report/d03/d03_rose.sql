{# Concentration by wind sector against the mean over all sectors of the site; `rank_no`: pollutants by how much they point. #}
with

sector as (
    select
        wind.site_id,
        'ambient_air' as medium,
        wind.pollutant_id,
        wind.sector,
        wind.n,
        wind.mean,
        wind.unit,
        wind.calm_mean,
        {{ exact_sum_over('wind.mean * wind.n', 'partition by wind.site_id, wind.pollutant_id') }}
        / nullif(sum(wind.n) over (partition by wind.site_id, wind.pollutant_id), 0) as whole_mean
    from {{ ref('wind_sector') }} as wind
),

pointed as (
    select
        site_id,
        pollutant_id,
        max(case when n >= 20 then mean / nullif(whole_mean, 0) end) as largest_ratio
    from sector
    group by site_id, pollutant_id
),

ranked as (
    select
        pointed.*,
        row_number() over (
            order by largest_ratio desc nulls last, site_id asc nulls last, pollutant_id asc nulls last
        ) as rank_no
    from pointed
)

select
    sector.site_id,
    sector.pollutant_id,
    sector.sector,
    cast(ranked.rank_no as integer) as rank_no,
    substr(sector.site_id, 3) as site_no,
    coalesce(pollutant.name_cn, sector.pollutant_id) as pollutant,
    {{ code_word(to_text('sector.sector'), 'wind_sector') }} as sector_name,
    sector.n,
    {{ displayed('sector.mean') }} as mean,
    {{ displayed('sector.whole_mean') }} as whole_mean,
    sector.mean / nullif(sector.whole_mean, 0) as ratio,
    {{ displayed('sector.calm_mean') }} as calm_mean,
    {{ displayed_unit('sector.unit') }} as unit_name
from sector
inner join ranked on ranked.site_id = sector.site_id and ranked.pollutant_id = sector.pollutant_id
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = sector.pollutant_id
{{ display_unit_join('sector') }}
