-- Exposure that a concentration of one gives a group, by medium and route: dose in mg/(kg d) per ug/L of water or mg/kg of soil and
-- biota; exposure concentration in ug/m3 per ug/m3 of air. `daily` is averaged over the years of exposure, `lifetime` over the lifetime,
-- `lifetime_adjusted` likewise with the early-life factor of each age. Through the skin it depends on the substance. The equations
-- are macros/risk.sql, here with a concentration of one; risk is linear in it.
{% set average = {'daily': 'exposed_d', 'lifetime': 'lifetime_d'} -%}
with

setting as (
    select
        max(case when parameter_id = 'risk.lifetime_years' then value end) * 365.0 as lifetime_d,
        max(case when parameter_id = 'risk.groundwater_intake_share' then value end) as groundwater_share
    from {{ ref('int_core__parameter_values_chosen') }}
),

people as (
    select
        band.*,
        band.age_high - band.age_low as years,
        sum(band.age_high - band.age_low) over (partition by band.population_group) * 365.0 as exposed_d,
        setting.lifetime_d,
        setting.groundwater_share,
        {{ exposed_skin_cm2('band.hj25_height', 'band.hj25_body_weight', '1.0') }} as skin_cm2
    from {{ ref('int_exposure__dose_parameters_aged') }} as band
    cross join setting
),

dermal as (
    select * from {{ ref('int_exposure__dermal_parameters_judged') }}
),

-- pupils and workers are assessed for what they breathe there
resident as (
    select * from people where population_group like 'resident_%'
),

of_age as (
    select
        population_group,
        case when population_group = 'worker' then 'workplace_air' else 'ambient_air' end as medium,
        'inhalation' as route,
        cast(null as {{ type_string() }}) as pollutant_id,
        adaf,
        {% for name, days in average.items() -%}
        {{ exposure_concentration('1.0', 'exposure_time', 'exposure_frequency', 'years', days) }} as {{ name }}{{ ',' if not loop.last }}
        {% endfor %}
    from people
    {% for medium, share in [('drinking_water', '1.0 - groundwater_share'), ('groundwater', 'groundwater_share')] %}
    union all
    select
        population_group,
        '{{ medium }}' as medium,
        'oral' as route,
        null as pollutant_id,
        adaf,
        {% for name, days in average.items() -%}
        {{ ingestion_dose(
            '0.001', '(' ~ share ~ ') * water_intake', 'hj25_body_weight', 'exposure_frequency', 'years', days
        ) }} as {{ name }}{{ ',' if not loop.last }}
        {% endfor %}
    from resident as people
    where {{ share }} > 0
    union all
    select
        people.population_group,
        '{{ medium }}' as medium,
        'dermal' as route,
        dermal.pollutant_id,
        people.adaf,
        {% for name, days in average.items() -%}
        ({{ share }}) * {{ dermal_water_dose(
            dermal_event_dose(
                '0.001', 'dermal.is_organic', 'dermal.kp_cm_h', 'dermal.tau_event_h', 'dermal.t_star_h', 'dermal.b',
                'people.fraction_absorbed_water', 'people.shower_time / 60.0'),
            'people.skin_cm2', 'people.dermal_events_water', 'people.hj25_body_weight', 'people.exposure_frequency', 'people.years',
            'people.' ~ days) }} as {{ name }}{{ ',' if not loop.last }}
        {% endfor %}
    from resident as people
    cross join dermal
    where {{ share }} > 0
    {% endfor %}
    union all
    select
        population_group,
        'soil' as medium,
        'oral' as route,
        null as pollutant_id,
        adaf,
        {% for name, days in average.items() -%}
        {{ ingestion_dose(
            '1.0', 'soil_ingestion * 0.000001', 'hj25_body_weight', 'exposure_frequency', 'years', days
        ) }} as {{ name }}{{ ',' if not loop.last }}
        {% endfor %}
    from resident as people
    union all
    select
        people.population_group,
        'soil' as medium,
        'dermal' as route,
        dermal.pollutant_id,
        people.adaf,
        {% for name, days in average.items() -%}
        {{ dermal_soil_dose(
            '1.0', 'people.skin_cm2 * people.skin_exposed_fraction', 'people.soil_adherence', 'dermal.abs_dermal',
            'people.dermal_events_soil', 'people.hj25_body_weight', 'people.exposure_frequency', 'people.years',
            'people.' ~ days) }} as {{ name }}{{ ',' if not loop.last }}
        {% endfor %}
    from resident as people
    cross join dermal
    union all
    select
        population_group,
        'biota' as medium,
        'oral' as route,
        null as pollutant_id,
        adaf,
        {% for name, days in average.items() -%}
        {{ ingestion_dose(
            '1.0', 'seafood_intake * 0.001 * seafood_local_fraction', 'hj25_body_weight', 'exposure_frequency', 'years', days
        ) }} as {{ name }}{{ ',' if not loop.last }}
        {% endfor %}
    from resident as people
)

-- an unknown dose of one age leaves the sum unknown
select
    population_group,
    medium,
    route,
    pollutant_id,
    case when count(daily) = count(*) then {{ exact_sum('daily * 1e9') }} / 1e9 end as daily,
    case when count(lifetime) = count(*) then {{ exact_sum('lifetime * 1e9') }} / 1e9 end as lifetime,
    case when count(lifetime) = count(*) then {{ exact_sum('lifetime * adaf * 1e9') }} / 1e9 end as lifetime_adjusted
from of_age
group by population_group, medium, route, pollutant_id
having count(daily) > 0
