{# The equations of dose and risk, each once (docs/risk.md). Arguments are SQL expressions; a null argument gives null, so that
   what is unknown stays unknown. Not here: which value a parameter has (seed dose_parameter), which toxicity value is chosen
   (int_exposure__toxicity_values_chosen). They need no dbt: tests/dbt/test_risk_equations.py runs them against published
   examples. Units stand in the names; years are of 365 d, as in all sources cited. #}

{# Years that two ranges of age share, both [low, high). #}
{% macro years_shared(low_a, high_a, low_b, high_b) -%}
  greatest(0.0, least({{ high_a }}, {{ high_b }}) - greatest({{ low_a }}, {{ low_b }}))
{%- endmacro %}

{# Share of the averaging time in which one is exposed: EF x ED / AT (EPA RAGS A 1989, exhibit 6-11; HJ 25.3-2019 annex A).
   AT of non-cancer effects is ED x 365 d, of cancer the lifetime x 365 d. #}
{% macro exposed_share(frequency_d_a, duration_a, averaging_d) -%}
  (({{ frequency_d_a }}) * ({{ duration_a }}) / ({{ averaging_d }}))
{%- endmacro %}

{# Exposure concentration, in the unit of the concentration: C x ET x EF x ED / (AT x 24 h/d). EPA RAGS F 2009, equations 6 and 8. #}
{% macro exposure_concentration(concentration, time_h_d, frequency_d_a, duration_a, averaging_d) -%}
  (({{ concentration }}) * ({{ time_h_d }}) / 24.0 * {{ exposed_share(frequency_d_a, duration_a, averaging_d) }})
{%- endmacro %}

{# Daily dose in mg/(kg d) of what is swallowed: C x IR x EF x ED / (BW x AT). EPA RAGS A 1989, exhibits 6-11, 6-14, 6-17; HJ 875-2017.
   `intake_per_d` is in the unit that makes C x IR a mass in mg: L/d for mg/L, kg/d for mg/kg. #}
{% macro ingestion_dose(concentration_mg, intake_per_d, weight_kg, frequency_d_a, duration_a, averaging_d) -%}
  (({{ concentration_mg }}) * ({{ intake_per_d }}) / ({{ weight_kg }}) * {{ exposed_share(frequency_d_a, duration_a, averaging_d) }})
{%- endmacro %}

{# Skin in cm2 that lies bare: 239 x H^0.417 x BW^0.517 x SER. HJ 25.3-2019 annex A, equations A.4 and A.5. #}
{% macro exposed_skin_cm2(height_cm, weight_kg, exposed_fraction) -%}
  (239.0 * power({{ height_cm }}, 0.417) * power({{ weight_kg }}, 0.517) * ({{ exposed_fraction }}))
{%- endmacro %}

{# Daily dose in mg/(kg d) through the skin from soil: C x 1e-6 kg/mg x SA x AF x ABS x EV x EF x ED / (BW x AT). EPA RAGS E 2004,
   equations 3.11 and 3.12. #}
{% macro dermal_soil_dose(
    concentration_mg_kg, skin_cm2, adherence_mg_cm2, absorbed, events_d,
    weight_kg, frequency_d_a, duration_a, averaging_d
) -%}
  (({{ concentration_mg_kg }}) * 0.000001 * ({{ skin_cm2 }}) * ({{ adherence_mg_cm2 }}) * ({{ absorbed }}) * ({{ events_d }})
    / ({{ weight_kg }}) * {{ exposed_share(frequency_d_a, duration_a, averaging_d) }})
{%- endmacro %}

{# Dose in mg/cm2 that the skin takes up in one event in water. EPA RAGS E 2004, equation 3.2 up to t*, 3.3 beyond it, 3.4 of
   inorganic substances. C in mg/L is 0.001 mg/cm3. #}
{% macro dermal_event_dose(concentration_mg_l, is_organic, kp_cm_h, tau_h, t_star_h, b, absorbed, event_h) -%}
  (case
    when not ({{ is_organic }}) then ({{ kp_cm_h }}) * ({{ concentration_mg_l }}) * 0.001 * ({{ event_h }})
    when ({{ event_h }}) <= ({{ t_star_h }})
      then 2.0 * ({{ absorbed }}) * ({{ kp_cm_h }}) * ({{ concentration_mg_l }}) * 0.001
        * sqrt(6.0 * ({{ tau_h }}) * ({{ event_h }}) / pi())
    else ({{ absorbed }}) * ({{ kp_cm_h }}) * ({{ concentration_mg_l }}) * 0.001 * (
      ({{ event_h }}) / (1.0 + ({{ b }}))
      + 2.0 * ({{ tau_h }}) * (1.0 + 3.0 * ({{ b }}) + 3.0 * ({{ b }}) * ({{ b }})) / ((1.0 + ({{ b }})) * (1.0 + ({{ b }}))))
  end)
{%- endmacro %}

{# Whether an estimated Kp of an organic substance lies in the effective prediction domain of its regression, by molar mass and log Kow.
   EPA RAGS E 2004, equations 3.9 and 3.10 (from memory); null where one is unknown. Outside of it the dose is computed all the same,
   and marked: Kp of very lipophilic or large molecules is extrapolated (benzo[a]pyrene, DEHP). #}
{% macro in_prediction_domain(molar_mass_g_mol, log_kow) -%}
  (5.103e-4 * ({{ molar_mass_g_mol }}) + 0.05616 * ({{ log_kow }}) between -0.06831 and 0.5577
    and -5.103e-4 * ({{ molar_mass_g_mol }}) + 0.05616 * ({{ log_kow }}) between -0.3010 and 0.1758)
{%- endmacro %}

{# Daily dose in mg/(kg d) through the skin from water: DAevent x SA x EV x EF x ED / (BW x AT). EPA RAGS E 2004, equation 3.1. #}
{% macro dermal_water_dose(event_mg_cm2, skin_cm2, events_d, weight_kg, frequency_d_a, duration_a, averaging_d) -%}
  (({{ event_mg_cm2 }}) * ({{ skin_cm2 }}) * ({{ events_d }}) / ({{ weight_kg }})
    * {{ exposed_share(frequency_d_a, duration_a, averaging_d) }})
{%- endmacro %}

{# Toxicity of an absorbed dose from that of a swallowed one: SF / GI and RfD x GI. EPA RAGS E 2004, equations 4.2 and 4.3. #}
{% macro dermal_slope_factor(oral_slope_factor, gi_absorption) -%}(({{ oral_slope_factor }}) / ({{ gi_absorption }})){%- endmacro %}
{% macro dermal_reference_dose(oral_reference_dose, gi_absorption) -%}(({{ oral_reference_dose }}) * ({{ gi_absorption }})){%- endmacro %}

{# Factor of a range of ages for a value without early-life adjustment: the part of the value that acts so early takes ADAF, the rest 1.
   EPA 2005 supplemental guidance (EPA/630/R-03/003F). `adjusted_part` is 1 for a substance that acts by mutation alone, 0 where
   the value holds the adjustment or needs none; the kidney part of trichloroethylene is 1.0/4.1. #}
{% macro early_life_factor(adaf, adjusted_part) -%}
  (1.0 + ({{ adjusted_part }}) * (({{ adaf }}) - 1.0))
{%- endmacro %}

{# Linear cancer risk: unit risk x exposure concentration, or slope factor x lifetime dose. EPA RAGS A 1989 section
   8.2.1, RAGS F equation 11. #}
{% macro linear_risk(potency, exposure) -%}
  (({{ potency }}) * ({{ exposure }}))
{%- endmacro %}

{# Cancer risk of a linear one: above 0.01 the one-hit form 1 - exp(-x). EPA RAGS A 1989, section 8.2.1. #}
{% macro cancer_risk(linear) -%}
  (case when ({{ linear }}) > 0.01 then 1.0 - exp(-({{ linear }})) else ({{ linear }}) end)
{%- endmacro %}

{# Hazard quotient: dose or exposure concentration over its reference, in one unit. EPA RAGS A 1989 section 8.2.2, RAGS F equation 12. #}
{% macro hazard_quotient(exposure, reference) -%}
  (({{ exposure }}) / ({{ reference }}))
{%- endmacro %}

{# HJ 25.3-2019 mode only: slope factor and reference dose of inhalation from unit risk (per mg/m3) and reference concentration
   (mg/m3), equations B.1 and B.2; dose of soil particles breathed per mg/kg of soil, equation A.7. #}
{% macro hj25_inhalation_slope_factor(unit_risk_per_mg_m3, weight_kg, air_m3_d) -%}
  (({{ unit_risk_per_mg_m3 }}) * ({{ weight_kg }}) / ({{ air_m3_d }}))
{%- endmacro %}
{% macro hj25_inhalation_reference_dose(reference_mg_m3, weight_kg, air_m3_d) -%}
  (({{ reference_mg_m3 }}) * ({{ air_m3_d }}) / ({{ weight_kg }}))
{%- endmacro %}
{% macro hj25_particle_dose(
    concentration_mg_kg, pm10_mg_m3, air_m3_d, retained, soil_share_outdoor, outdoor_d_a,
    soil_share_indoor, indoor_d_a, weight_kg, duration_a, averaging_d
) -%}
  (({{ concentration_mg_kg }}) * 0.000001 * ({{ pm10_mg_m3 }}) * ({{ air_m3_d }}) * ({{ retained }}) * ({{ duration_a }})
    * (({{ soil_share_outdoor }}) * ({{ outdoor_d_a }}) + ({{ soil_share_indoor }}) * ({{ indoor_d_a }}))
    / (({{ weight_kg }}) * ({{ averaging_d }})))
{%- endmacro %}
