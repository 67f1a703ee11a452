{# One card a pollutant of D01: properties and chosen toxicity, each value as a number (for how complete they are) and as it is printed,
   with 待核 where nobody has compared it. Henry's constant at 25 °C follows from vapour pressure, molar mass and solubility
   (Pa·m3/mol = Pa × g/mol ÷ mg/L); a miscible liquid has none. Koc of organic substances is estimated: log Koc = 0.81 log Kow + 0.10
   (EU TGD 2003, part III, chapter 4, predominantly hydrophobics; from memory). An element has no half-life. #}
with

worded as (
    select
        toxicity.pollutant_id,
        toxicity.toxicity_value_id,
        toxicity.value_type,
        {{ printed_number('toxicity.value', 4) }} as number_text,
        {{ printed_unit('toxicity.unit') }} as unit_text,
        coalesce(source.source_cn, toxicity.authority) as authority,
        case when toxicity.year is null then '' else ' ' || {{ to_text('toxicity.year') }} end as year_text,
        case when toxicity.verified = 'yes' then '' else '，待核' end as state_text
    from {{ ref('toxicity_value') }} as toxicity
    left join {{ ref('document_source') }} as source on source.source_ref = toxicity.authority
    where {{ list_has('toxicity.chosen_for', "'resident'") }} and toxicity.use_class in ('cancer', 'chronic')
),

phrased as (
    select
        *,
        number_text || ' ' || unit_text || '（' || authority || year_text || state_text || '）' as phrase
    from worded
),

chosen as (
    select
        pollutant_id,
        {% for name, type in [('unit_risk', 'IUR'), ('slope_factor', 'SF'), ('rfc', 'RfC'), ('rfd', 'RfD')] -%}
        {{ listagg_text("case when value_type = '" ~ type ~ "' then phrase end", '；', 'toxicity_value_id') }}
            as {{ name }}{{ ',' if not loop.last }}
        {% endfor %}
    from phrased
    group by pollutant_id
),

fate as (
    select
        pollutant_id,
        property,
        medium,
        value,
        {{ code_word('medium', 'medium_of_environment') }} as medium_text,
        case when qualifier = '>' then ' 大于' else ' ' end as qualifier_text,
        case
            when value >= 3650 then {{ printed_number('value / 365', 2) }} || ' a'
            else {{ printed_number('value', 2) }} || ' d'
        end as time_text,
        case when verified = 'yes' then '' else '，待核' end as state_text
    from {{ ref('fate_property') }}
),

persistence as (
    select
        pollutant_id,
        max(value) as half_life_d,
        {{ listagg_text('medium_text || qualifier_text || time_text || state_text', '；', 'medium') }} as half_life_text
    from fate
    where property = 'half_life'
    group by pollutant_id
),

listed as (
    select
        list.*,
        pollutant.formula,
        pollutant.molar_mass_g_mol,
        pollutant.vapour_pressure_pa,
        pollutant.water_solubility_mg_l,
        pollutant.log_kow,
        pollutant.boiling_point_c,
        pollutant.bioconcentration_l_kg as bcf_l_kg,
        pollutant.verified,
        pollutant.source_ref as property_source,
        pollutant.substance_class = 'metal' as is_element,
        pollutant.iarc_group as iarc,
        case
            when pollutant.verified <> 'yes' then pollutant.source_ref
            when position('memory' in pollutant.source_ref) > 0
                then substr(pollutant.source_ref, position('memory' in pollutant.source_ref))
            else ''
        end as recalled,
        case
            when pollutant.water_solubility_mg_l < 1000000
                then pollutant.vapour_pressure_pa * pollutant.molar_mass_g_mol / pollutant.water_solubility_mg_l
        end as henry_pa_m3_mol,
        case
            when pollutant.substance_class not in ('metal', 'inorganic', 'inorganic_gas')
                then power(10, 0.81 * pollutant.log_kow + 0.10)
        end as koc_l_kg
    from {{ ref('d01_pollutant') }} as list
    left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = list.pollutant_id
)

select
    listed.row_no,
    listed.pollutant_id,
    listed.name_cn,
    listed.name_en,
    listed.cas_no,
    listed.formula,
    listed.molar_mass_g_mol,
    listed.vapour_pressure_pa,
    listed.water_solubility_mg_l,
    listed.log_kow,
    listed.boiling_point_c,
    listed.henry_pa_m3_mol,
    listed.koc_l_kg,
    persistence.half_life_d,
    listed.bcf_l_kg,
    {% for name, digits, pattern, derived in [
        ('vapour_pressure_pa', 3, 'VP', ''), ('water_solubility_mg_l', 3, 'solubility', ''), ('log_kow', 3, 'logKow', ''),
        ('henry_pa_m3_mol', 2, '', '，推算'), ('koc_l_kg', 2, '', '，推算')
    ] -%}
    {{ printed_number('listed.' ~ name, digits) }}
        || {{ "case when position('" ~ pattern ~ "' in listed.recalled) > 0 then '，待核' else '' end" if pattern else "'" ~ derived ~ "'" }}
        as {{ name }}_text,
    {% endfor -%}
    case when listed.is_element then '不适用（元素）' else persistence.half_life_text end as half_life_text,
    {{ printed_number('listed.bcf_l_kg', 2) }} || bcf.state_text as bcf_l_kg_text,
    {{ chinese_brackets('listed.iarc') }}
        || case when position('IARC' in listed.recalled) > 0 then '，待核' else '' end as iarc_group,
    listed.target_organs,
    chosen.unit_risk,
    chosen.slope_factor,
    chosen.rfc,
    chosen.rfd,
    {{ code_word('listed.verified', 'verified') }} as verified,
    source.source_cn as source_ref
from listed
left join chosen on chosen.pollutant_id = listed.pollutant_id
left join persistence on persistence.pollutant_id = listed.pollutant_id
left join fate as bcf on bcf.pollutant_id = listed.pollutant_id and bcf.property = 'bioconcentration'
left join {{ ref('document_source') }} as source on source.source_ref = listed.property_source
