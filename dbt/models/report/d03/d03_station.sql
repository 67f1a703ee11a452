{# Automatic stations: year mean and the 95th percentile of days against limits of a year and a day, pollutants of GB 3095 only. #}
with

compared as (
    select comparison.*
    from {{ ref('limit_comparison') }} as comparison
    inner join {{ ref('edition') }} as edition on comparison.period = {{ to_text('edition.assessment_year') }}
    where comparison.averaging_time in ('24h', '8h_max', 'year') and comparison.standard_code like 'GB 3095%'
)

select
    cast(row_number() over (
        order by compared.site_id asc nulls last, compared.pollutant_id asc nulls last, compared.averaging_time asc nulls last,
        compared.standard_class asc nulls last, compared.valid_from asc nulls last
    ) as integer) as row_no,
    compared.site_id,
    compared.pollutant_id,
    compared.averaging_time,
    compared.standard_code,
    compared.standard_class,
    compared.valid_from,
    compared.period,
    substr(compared.site_id, 3) as site_no,
    coalesce(pollutant.name_cn, compared.pollutant_id) as pollutant,
    {{ code_word('compared.averaging_time', 'averaging_time') }} as averaging_name,
    compared.n,
    {{ displayed('compared.limit_value') }} as limit_value,
    {{ displayed_unit('compared.unit') }} as unit_name,
    compared.max_ratio,
    compared.exceedance_count,
    100.0 * compared.exceedance_count / nullif(compared.n, 0) as exceedance_pct,
    case when compared.is_complete then '充足' else '不足' end as completeness
from compared
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = compared.pollutant_id
{{ display_unit_join('compared') }}
