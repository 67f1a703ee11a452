{# What sites made and used, from every register, on one footing: site, item, kind, period, quantity in its unit (masses in
   tonnes). One row a record. #}
{%- set text = type_string() -%}
{%- set absent = 'cast(null as ' ~ text ~ ')' -%}
{%- set registers = [
    ('permit', 'permit_product', 'stg_permit__products', 'permit_no', absent, absent, 'product', 'product_name', absent, 'period'),
    ('permit', 'permit_material', 'stg_permit__materials', 'permit_no', absent, absent, 'material', 'material_name', absent, 'period'),
    ('census', 'census_product', 'stg_census__products', 'permit_no', 'credit_code', 'unit_name', 'product', 'product_name',
     absent, to_text('record_year')),
    ('census', 'census_material', 'stg_census__materials', 'permit_no', 'credit_code', 'unit_name', 'material',
     'material_name', absent, to_text('record_year')),
    ('site_survey', 'site_survey_product', 'stg_site_survey__products', 'permit_no', 'credit_code', 'enterprise_name', 'product',
     'product_name', 'cas_no', to_text('survey_year')),
    ('site_survey', 'site_survey_material', 'stg_site_survey__materials', 'permit_no', 'credit_code', 'enterprise_name', 'material',
     'material_name', 'cas_no', to_text('survey_year')),
] -%}
with

{% for source, raw_table, model, permit_no, credit_code, name, kind, item, cas_no, period in registers %}
{{ raw_table }} as (
    select
        '{{ source }}' as source,
        case '{{ source }}' when 'permit' then 1 when 'census' then 2 else 3 end as source_rank,
        {{ enterprise_source_key(permit_no, credit_code, name) }} as source_key,
        '{{ kind }}' as item_kind,
        {{ item }} as item,
        {{ cas_no }} as cas_no,
        {{ period }} as period,
        quantity,
        unit,
        _file_no,
        _sheet,
        _row,
        {{ origin_cells(raw_table, 'record', {'item': item, 'quantity': 'quantity', 'unit': 'unit'}) }} as origin
    from {{ ref(model) }} as record
),

{% endfor %}
stated as (
    {% for register in registers %}
    select * from {{ register[1] }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    stated.source,
    stated.source_rank,
    stated.source_key,
    matched.enterprise_id,
    stated.item_kind,
    stated.item,
    stated.cas_no,
    stated.period,
    coalesce(stated.quantity * mass_unit.factor, stated.quantity) as quantity,
    coalesce(mass_unit.canonical_unit, stated.unit) as unit,
    stated.quantity * mass_unit.factor as quantity_t,
    stated._file_no,
    stated._sheet,
    stated._row,
    stated.origin
from stated
inner join
    {{ ref('int_inventory__enterprise_matched') }} as matched
    on matched.source = stated.source and matched.source_key = stated.source_key
left join {{ ref('unit_conversion') }} as mass_unit on mass_unit.unit = stated.unit and mass_unit.quantity = 'mass'
