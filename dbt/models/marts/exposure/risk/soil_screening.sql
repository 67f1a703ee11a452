-- Screening levels of soil by HJ 25.3-2019 for particles and skin, beside those of GB 36600-2018: the smaller of the level of a cancer risk
-- of 1e-6 and that of a hazard quotient of 1 times the soil's share of the exposure. The standard adjusts nothing for early life, so the
-- set of values without it (workers') stands for both classes of land. Vapours are not computed: of volatile substances the true level
-- is lower, which is said.
{% set persons = {
    'child': {'land': 1, 'body': 'resident_child', 'habit': 'resident_child', 'time': 'resident_life'},
    'adult': {'land': 1, 'body': 'resident_adult', 'habit': 'resident_adult', 'time': 'resident_life'},
    'worker': {'land': 2, 'body': 'resident_adult', 'habit': 'worker', 'time': 'worker'},
} -%}
{% set parameters = {
    'weight_kg': ['hj25_body_weight', 'body'], 'height_cm': ['hj25_height', 'body'], 'air_m3_d': ['hj25_inhalation_rate', 'body'],
    'bare_share': ['skin_exposed_fraction', 'habit'], 'soil_mg_d': ['soil_ingestion', 'habit'], 'adherence': ['soil_adherence', 'habit'],
    'duration_a': ['exposure_duration', 'habit'], 'frequency_d_a': ['exposure_frequency', 'time'],
    'outdoor_d_a': ['hj25_exposure_frequency_outdoor', 'time'], 'indoor_d_a': ['hj25_exposure_frequency_indoor', 'time'],
} -%}
with

usable as (
    select parameter_id, population, value from {{ ref('dose_parameter') }} where verified <> 'doubtful'
),

setting as (
    select
        {% for name in ['hj25_pm10', 'hj25_particle_retention', 'hj25_soil_share_outdoor', 'hj25_soil_share_indoor', 'dermal_events_soil',
                        'hj25_soil_allocation_factor', 'averaging_time_cancer'] -%}
        max(case when parameter_id = '{{ name }}' then value end) as {{ name }},
        {% endfor -%}
        max(case when parameter_id = 'hj25_body_weight' and population = 'resident_adult' then value end) as adult_kg,
        max(case when parameter_id = 'hj25_inhalation_rate' and population = 'resident_adult' then value end) as adult_air_m3_d
    from usable
),

person as (
    {% for person, of in persons.items() -%}
    select
        {{ of.land }} as land_class,
        {% for name, from_where in parameters.items() -%}
        max(case when parameter_id = '{{ from_where[0] }}' and population = '{{ of[from_where[1]] }}' then value end) as {{ name }},
        {% endfor -%}
        '{{ person }}' as person
    from usable
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

substance as (
    select
        toxicity.pollutant_id,
        max(case when toxicity.route = 'oral' then toxicity.cancer_potency end) as slope_factor,
        max(case when toxicity.route = 'inhalation' then toxicity.cancer_potency end) as unit_risk_per_ug_m3,
        max(case when toxicity.route = 'oral' then toxicity.reference_value end) as reference_dose,
        max(case when toxicity.route = 'inhalation' then toxicity.reference_value end) as reference_ug_m3,
        max(skin.abs_dermal) as abs_dermal,
        max(skin.gi_absorption) as gi_absorption
    from {{ ref('int_exposure__toxicity_values_chosen') }} as toxicity
    inner join {{ ref('dermal_parameter') }} as skin
        on skin.cas_no = toxicity.pollutant_id and skin.abs_gi_verified <> 'doubtful'
    where toxicity.population = 'worker'
    group by toxicity.pollutant_id
),

{# dose of 1 mg/kg: over the lifetime for cancer, over the years of exposure for other effects #}
{% set averages = {'life': 'setting.averaging_time_cancer', 'own': 'person.duration_a * 365.0'} -%}
dose as (
    select
        substance.*,
        person.land_class,
        person.person,
        setting.adult_kg,
        setting.adult_air_m3_d,
        setting.hj25_soil_allocation_factor as soil_share
        {%- for name, days in averages.items() %},
        {{ ingestion_dose('1.0', 'person.soil_mg_d * 0.000001', 'person.weight_kg', 'person.frequency_d_a', 'person.duration_a', days) }}
            as oral_{{ name }},
        {{ dermal_soil_dose('1.0', exposed_skin_cm2('person.height_cm', 'person.weight_kg', 'person.bare_share'), 'person.adherence',
            'substance.abs_dermal', 'setting.dermal_events_soil', 'person.weight_kg', 'person.frequency_d_a', 'person.duration_a', days) }}
            as skin_{{ name }},
        {{ hj25_particle_dose('1.0', 'setting.hj25_pm10', 'person.air_m3_d', 'setting.hj25_particle_retention',
            'setting.hj25_soil_share_outdoor', 'person.outdoor_d_a', 'setting.hj25_soil_share_indoor', 'person.indoor_d_a',
            'person.weight_kg', 'person.duration_a', days) }} as air_{{ name }}
        {%- endfor %}
    from substance
    cross join person
    cross join setting
),

effect as (
    select
        pollutant_id,
        land_class,
        {{ exact_sum("(coalesce(" ~ linear_risk('slope_factor', 'oral_life') ~ ", 0)
            + coalesce(" ~ linear_risk(dermal_slope_factor('slope_factor', 'gi_absorption'), 'skin_life') ~ ", 0)
            + coalesce(" ~ linear_risk(hj25_inhalation_slope_factor('unit_risk_per_ug_m3 * 1000', 'adult_kg', 'adult_air_m3_d'), 'air_life')
            ~ ", 0)) * 1e15") }} / 1e15 as risk_of_one,
        max(case when person <> 'adult' then
            (coalesce({{ hazard_quotient('oral_own', 'reference_dose') }}, 0)
            + coalesce({{ hazard_quotient('skin_own', dermal_reference_dose('reference_dose', 'gi_absorption')) }}, 0)
            + coalesce({{ hazard_quotient(
                'air_own', hj25_inhalation_reference_dose('reference_ug_m3 / 1000', 'adult_kg', 'adult_air_m3_d')) }}, 0))
            / soil_share end) as hazard_of_one
    from dose
    group by pollutant_id, land_class
),

published as (
    select
        pollutant_id,
        case when standard_class like '第一类%' then 1 else 2 end as land_class,
        min(limit_value) as limit_value
    from {{ ref('environmental_limit') }}
    where standard_code = 'GB 36600-2018' and standard_class like '%筛选值'
    group by pollutant_id, case when standard_class like '第一类%' then 1 else 2 end
)

select
    effect.pollutant_id,
    effect.land_class,
    line.value / nullif(effect.risk_of_one, 0) as cancer_level_mg_kg,
    1.0 / nullif(effect.hazard_of_one, 0) as hazard_level_mg_kg,
    1.0 / nullif(greatest(coalesce(effect.risk_of_one, 0) / line.value, coalesce(effect.hazard_of_one, 0)), 0) as level_mg_kg,
    published.limit_value as gb36600_mg_kg,
    substance.substance_class like 'VOC%' as leaves_out_vapour
from effect
inner join {{ ref('int_core__parameter_values_chosen') }} as line on line.parameter_id = 'risk.cancer_low'
left join {{ ref('dim_pollutant') }} as substance on substance.pollutant_id = effect.pollutant_id
left join published on published.pollutant_id = effect.pollutant_id and published.land_class = effect.land_class
