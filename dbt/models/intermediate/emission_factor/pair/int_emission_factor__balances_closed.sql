{%- set flows = balance_flows() -%}
-- Mass balances, one a site, substance and period, its units added up: what is left of the input after product, water, waste,
-- recovered and destroyed is lost to air from the unit as a whole. Level B within the closure limit, else C; what is less than
-- nothing is no emission and stands as it is, to be refused. A flow that one unit does not state is not known of the site. With what
-- was recovered and destroyed it is what the unit produced before control.
with

substance as (
    {{ substances_by_plain_name() }}
),

stated as (
    select
        matched.enterprise_id,
        alias.pollutant_id,
        balance.period,
        {% for flow in flows -%}
        balance.{{ flow }},
        {% endfor -%}
        balance.input_t - balance.product_t - balance.water_t - balance.waste_t - balance.recovered_t - balance.destroyed_t as lost_t,
        balance.recovered_t + balance.destroyed_t as taken_t,
        balance._file_no as file_no,
        {{ origin_cells('permit_balance', 'balance', {'emission_kg': 'input_t'}) }} as origin
    from {{ ref('stg_permit__balances') }} as balance
    inner join
        {{ ref('int_inventory__enterprise_matched') }} as matched
        on matched.source = 'permit' and matched.source_key = balance.permit_no
    inner join substance as alias on alias.plain_name = {{ plain_name('balance.material') }}
    where balance.period is not null
),

site as (
    select
        enterprise_id,
        pollutant_id,
        period,
        {% for flow in flows -%}
        case when count(*) = count({{ flow }}) then {{ exact_sum(flow) }} end as {{ flow }},
        {% endfor -%}
        case when count(*) = count(lost_t) then {{ exact_sum('lost_t') }} end as lost_t,
        case when count(*) = count(taken_t) then {{ exact_sum('taken_t') }} end as taken_t,
        max(file_no) as file_no,
        {{ origin_collect('origin') }} as origin
    from stated
    group by enterprise_id, pollutant_id, period
),

limits as (
    select
        max(case when parameter_id = 'factor_balance_loose' then value end) as loose,
        max(case when parameter_id = 'balance_meter_error' then value end) as meter_error
    from {{ ref('int_core__parameter_values_chosen') }}
)

select
    site.enterprise_id,
    site.pollutant_id,
    site.period,
    {% for flow in flows -%}
    site.{{ flow }},
    {% endfor -%}
    case when abs(site.lost_t) <= limits.loose * site.input_t then 'B' else 'C' end as qc_level,
    site.lost_t * 1000 as emission_kg,
    (site.lost_t + site.taken_t) * 1000 as produced_kg,
    1000 * {{ metering_error_t('site', 'limits.meter_error') }} as metering_error_kg,
    site.file_no,
    site.origin
from site
cross join limits
