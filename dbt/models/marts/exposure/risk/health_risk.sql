-- Risks with what they rest on. A bound (nothing was detected) has a risk at its limit, no percentiles, and enters no total. Modelled air
-- that leaves out outlets in reach (factors were imported for some alone) is of low confidence whatever the rest was measured by.
with

support as (
    select
        place_id,
        medium,
        pollutant_id,
        {{ exact_sum('measured_concentration * 1e12') }} / nullif({{ exact_sum('concentration * 1e12') }}, 0) as measured_share
    from {{ ref('int_exposure__level_parts_gathered') }}
    group by place_id, medium, pollutant_id
),

cut as (
    select
        max(case when parameter_id = 'risk.confidence_high_share' then value end) as high_share,
        max(case when parameter_id = 'risk.confidence_medium_share' then value end) as medium_share
    from {{ ref('int_core__parameter_values_chosen') }}
),

partly_modelled as (
    select distinct place_id from {{ ref('int_exposure__factors_lacked') }}
),

percentile as (
    select
        place_id, population_group, pollutant_id, medium, route,
        {% for outcome in ['cancer', 'noncancer'] -%}
        {% for share in ['p05', 'p95'] -%}
        max(case when outcome = '{{ outcome }}' then {{ share }} end)
            as {{ outcome }}_{{ share }}{{ ',' if not (loop.last and outcome == 'noncancer') }}
        {% endfor -%}
        {% endfor %}
    from {{ ref('int_exposure__risks_drawn') }}
    where subject = 'row'
    group by place_id, population_group, pollutant_id, medium, route
)

select
    risk.place_id,
    risk.place_kind,
    risk.population_group,
    risk.pollutant_id,
    risk.medium,
    risk.route,
    risk.concentration,
    risk.concentration_unit,
    risk.concentration_basis,
    risk.average_daily_dose_mg_kg_d,
    risk.lifetime_average_daily_dose_mg_kg_d,
    risk.exposure_concentration_ug_m3,
    risk.lifetime_exposure_concentration_ug_m3,
    {{ cancer_risk('risk.linear_cancer_risk') }} as cancer_risk,
    percentile.cancer_p05 as cancer_risk_p05,
    percentile.cancer_p95 as cancer_risk_p95,
    risk.hazard_quotient,
    percentile.noncancer_p05 as hazard_quotient_p05,
    percentile.noncancer_p95 as hazard_quotient_p95,
    {{ text_to_list('risk.target_organs') }} as target_organs,
    risk.cancer_value_id,
    risk.reference_value_id,
    case when risk.concentration_basis <> 'bounding' then coalesce(support.measured_share, 0) else 0 end as measured_share,
    case
        when risk.concentration_basis = 'bounding' or partly_modelled.place_id is not null then 'low'
        when support.measured_share >= cut.high_share then 'high'
        when support.measured_share >= cut.medium_share then 'medium'
        else 'low'
    end as data_confidence,
    risk.concentration_basis = 'bounding' as is_bounding,
    {{ list_distinct_of([
        "case when risk.concentration_basis = 'bounding' then 'BOUND-ONLY' end",
        "case when risk.linear_cancer_risk is null and risk.hazard_quotient is null then 'NO-TOXICITY-VALUE' end",
        "case when partly_modelled.place_id is not null then 'AIR-PARTLY-MODELLED' end",
        "case when risk.medium = 'biota' and risk.concentration_basis = 'modelled' then 'BIOTA-MODELLED' end",
        "case when risk.route = 'dermal' and risk.medium <> 'soil' and skin.is_organic then
              case when not skin.is_in_prediction_domain then 'DERMAL-OUTSIDE-EPD'
                  when skin.is_in_prediction_domain is null then 'DERMAL-EPD-UNKNOWN' end end",
    ]) }} as reason_codes
from {{ ref('int_exposure__risks_computed') }} as risk
cross join cut
left join support
    on support.place_id = risk.place_id and support.medium = risk.medium and support.pollutant_id = risk.pollutant_id
left join partly_modelled
    on partly_modelled.place_id = risk.place_id and risk.medium = 'ambient_air' and risk.concentration_basis = 'modelled'
left join {{ ref('int_exposure__dermal_parameters_judged') }} as skin on skin.pollutant_id = risk.pollutant_id
left join percentile
    on
        percentile.place_id = risk.place_id
        and percentile.population_group = risk.population_group
        and percentile.pollutant_id = risk.pollutant_id
        and percentile.medium = risk.medium
        and percentile.route = risk.route
