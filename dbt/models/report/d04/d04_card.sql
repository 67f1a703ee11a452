{# One card a pollutant of D01: properties and chosen toxicity, each value or “缺”. Henry's constant at 25 °C follows from vapour
   pressure, molar mass and solubility (Pa·m3/mol = Pa × g/mol ÷ mg/L); a miscible liquid has none. Koc of organic substances is
   estimated: log Koc = 0.81 log Kow + 0.10 (EU TGD 2003, part III, chapter 4, predominantly hydrophobics; from memory). No table of
   reference brings half-lives. #}
with

chosen as (
    select
        pollutant_id,
        {% for name, type, route in [
            ('unit_risk', 'IUR', 'inhalation'), ('slope_factor', 'SF', 'oral'), ('rfc', 'RfC', 'inhalation'), ('rfd', 'RfD', 'oral')
        ] -%}
        {{ listagg_text(
            "case when value_type = '" ~ type ~ "' then " ~ to_text('value') ~ " || ' ' || " ~ printed_unit('unit') ~ " || '（' || authority || case when verified = 'yes' then '' else '，待核' end || '）' end",
            '；', 'toxicity_value_id') }} as {{ name }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('toxicity_value') }}
    where {{ list_has('chosen_for', "'resident'") }} and use_class in ('cancer', 'chronic')
    group by pollutant_id
)

select
    list.row_no,
    list.pollutant_id,
    list.name_cn,
    list.name_en,
    list.cas_no,
    pollutant.formula,
    pollutant.molar_mass_g_mol,
    pollutant.vapour_pressure_pa,
    pollutant.water_solubility_mg_l,
    pollutant.log_kow,
    pollutant.boiling_point_c,
    case
        when pollutant.water_solubility_mg_l < 1000000
            then pollutant.vapour_pressure_pa * pollutant.molar_mass_g_mol / pollutant.water_solubility_mg_l
    end as henry_pa_m3_mol,
    case when pollutant.substance_class not in ('metal', 'inorganic', 'inorganic_gas') then power(10, 0.81 * pollutant.log_kow + 0.10) end
        as koc_l_kg,
    cast(null as double) as half_life_d,
    pollutant.bioconcentration_l_kg as bcf_l_kg,
    pollutant.iarc_group,
    list.target_organs,
    chosen.unit_risk,
    chosen.slope_factor,
    chosen.rfc,
    chosen.rfd,
    {{ code_word('pollutant.verified', 'verified') }} as verified,
    pollutant.source_ref
from {{ ref('d01_pollutant') }} as list
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = list.pollutant_id
left join chosen on chosen.pollutant_id = list.pollutant_id
