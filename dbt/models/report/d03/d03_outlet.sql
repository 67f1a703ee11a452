{# Outlets whose results were above the concentration that their permit allows, worst first. #}
with

compared as (
    select
        comparison.*,
        site.enterprise_id
    from {{ ref('limit_comparison') }} as comparison
    inner join {{ ref('edition') }} as edition on comparison.period = {{ to_text('edition.assessment_year') }}
    inner join {{ ref('dim_monitoring_site') }} as site on site.site_id = comparison.site_id
    where comparison.medium in ('waste_gas', 'waste_water') and comparison.exceedance_count > 0
)

select
    cast(row_number() over (
        order by compared.max_ratio desc nulls last, compared.site_id asc nulls last, compared.pollutant_id asc nulls last,
        compared.averaging_time asc nulls last
    ) as integer) as row_no,
    compared.site_id,
    compared.pollutant_id,
    compared.period,
    compared.averaging_time,
    compared.standard_code,
    compared.standard_class,
    compared.valid_from,
    enterprise.name as enterprise,
    substr(compared.site_id, 3) as site_no,
    {{ code_word('compared.medium', 'medium_of_environment') }} as medium_name,
    coalesce(pollutant.name_cn, compared.pollutant_id) as pollutant,
    compared.n,
    compared.exceedance_count,
    100.0 * compared.exceedance_count / compared.n as exceedance_pct,
    {{ displayed('compared.limit_value') }} as limit_value,
    {{ displayed_unit('compared.unit') }} as unit_name,
    compared.max_ratio
from compared
left join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = compared.enterprise_id
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = compared.pollutant_id
{{ display_unit_join('compared') }}
