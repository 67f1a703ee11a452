{# Statistics of every pollutant at every site in the assessment year, as the annex prints those of the environment. Of a station that
   has hours and daily values the daily values stand here: they are what limits of a day and a year ask for. #}
with

chosen as (
    select summary.*
    from {{ ref('monitoring_summary') }} as summary
    inner join {{ ref('edition') }} as edition on summary.period = {{ to_text('edition.assessment_year') }}
),

best as (
    select
        chosen.*,
        row_number() over (
            partition by site_id, pollutant_id
            order by
                case averaging_time when '24h' then 1 when '1h' then 2 when 'grab' then 3 else 4 end asc nulls last,
                averaging_time asc nulls last
        ) as choice_no
    from chosen
)

select
    cast(row_number() over (
        order by best.medium asc nulls last, best.site_id asc nulls last, best.pollutant_id asc nulls last
    ) as integer) as row_no,
    best.site_id,
    best.pollutant_id,
    best.period,
    best.averaging_time,
    best.medium,
    case when best.medium in ('waste_gas', 'waste_water') then 'source' else 'environment' end as side,
    substr(best.site_id, 3) as site_no,
    coalesce(pollutant.name_cn, best.pollutant_id) as pollutant,
    {{ code_word('best.medium', 'medium_of_environment') }} as medium_name,
    best.n,
    best.n_detected,
    100 * best.detection_rate as detection_pct,
    {{ displayed('best.min') }} as min,
    {{ displayed('best.p50') }} as p50,
    {{ displayed('best.mean') }} as mean,
    {{ displayed('best.mean_low') }} as mean_low,
    {{ displayed('best.mean_high') }} as mean_high,
    {{ displayed('best.max') }} as max,
    {{ displayed('best.ucl95') }} as ucl95,
    {{ code_word('best.statistic_method', 'statistic_method') }} as method_name,
    best.ucl_method,
    {{ code_word('best.ucl_method', 'ucl_method') }} as ucl_name,
    {{ displayed_unit('best.unit') }} as unit_name,
    {{ displayed('best.standard_limit') }} as standard_limit,
    best.max_ratio,
    best.exceedance_count
from best
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = best.pollutant_id
{{ display_unit_join('best') }}
where best.choice_no = 1
