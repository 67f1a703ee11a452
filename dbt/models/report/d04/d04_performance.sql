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
    performance.mean_observed,
    performance.mean_predicted,
    {{ printed_unit('performance.unit') }} as unit
from {{ ref('model_performance') }} as performance
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = performance.pollutant_id
