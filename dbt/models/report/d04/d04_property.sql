{# How complete each property of the cards is; elements have no half-life and are not counted there. #}
with

{% set properties = {
    'molar_mass_g_mol': '摩尔质量', 'vapour_pressure_pa': '蒸气压', 'water_solubility_mg_l': '水溶解度', 'log_kow': '辛醇水分配系数',
    'boiling_point_c': '沸点', 'henry_pa_m3_mol': '亨利常数', 'koc_l_kg': '有机碳分配系数', 'half_life_d': '环境半衰期',
    'bcf_l_kg': '生物富集系数', 'iarc_group': 'IARC分类', 'target_organs': '靶器官', 'unit_risk': '吸入单位风险',
    'slope_factor': '经口斜率因子', 'rfc': '参考浓度', 'rfd': '参考剂量'
} -%}
counted as (
    {% for name, label in properties.items() -%}
    select
        {{ loop.index }} as row_no,
        '{{ name }}' as property,
        '{{ label }}' as property_cn,
        cast(count({{ name }}) as integer) as known_count,
        cast(
            count({{ "case when coalesce(half_life_text, '') <> '不适用（元素）' then 1 end" if name == 'half_life_d' else '*' }})
            as integer
        ) as pollutant_count,
        {{ value_at_min('pollutant_id', 'row_no') }} as first_pollutant_id
    from {{ ref('d04_card') }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    cast(row_no as integer) as row_no,
    property,
    property_cn,
    known_count,
    pollutant_count,
    cast(known_count as double) * 100 / nullif(pollutant_count, 0) as known_pct,
    first_pollutant_id
from counted
