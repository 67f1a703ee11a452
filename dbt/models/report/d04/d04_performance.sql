{# How modelled levels agree with measured ones, by medium and substance. #}
select
    cast(row_number() over (
        order by performance.n desc nulls last, performance.medium asc nulls last, performance.pollutant_id asc nulls last,
            performance.period asc nulls last
    ) as integer) as row_no,
    performance.medium,
    performance.pollutant_id,
    performance.period,
    {{ code_word('performance.medium', 'medium_of_environment') }} as medium_cn,
    pollutant.name_cn,
    performance.n,
    performance.fac2 * 100 as fac2_pct,
    performance.normalised_mean_bias,
    performance.correlation,
    {{ displayed('performance.mean_observed') }} as mean_observed,
    {{ displayed('performance.mean_predicted') }} as mean_predicted,
    {{ displayed_unit('performance.unit') }} as unit
from {{ ref('model_performance') }} as performance
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = performance.pollutant_id
{{ display_unit_join('performance') }}
