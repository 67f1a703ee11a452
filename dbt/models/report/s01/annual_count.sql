{# What the edition holds, thing by thing. #}
{%- set things = [
    ('dim_enterprise', '生产场所', '家', '各来源登记并匹配的生产场所'),
    ('dim_outlet', '排放口', '个', '含无组织和全厂虚拟排放口'),
    ('dim_pollutant', '物质', '种', '物质库全部物质'),
    ('risk_pollutant', '候选污染物', '种', '列入名录或区内存在'),
    ('risk_source', '环境健康风险源', '家', '排放、使用或许可排放风险污染物'),
    ('emission_claim', '排放量申报记录', '条', '各来源填报，含未采用的'),
    ('emission', '采用的排放量', '条', '场所、排放口、介质、污染物、年度'),
    ('dim_monitoring_site', '监测点位', '个', '含排放口和环境点位'),
    ('dim_receptor', '敏感受体', '处', '含人口点'),
    ('enterprise_match', '企业名称和代码', '个', '各来源所用的企业名称或代码'),
] -%}
{% for model, item, unit, note in things %}
select
    {{ loop.index }} as row_no,
    '{{ item }}' as item,
    cast(count(*) as bigint) as item_count,
    '{{ unit }}' as unit,
    '{{ note }}' as note,
    (select max(edition_no) from {{ ref('edition') }}) as edition_no
from {{ ref(model) }}
{{ 'union all' if not loop.last }}
{% endfor %}
