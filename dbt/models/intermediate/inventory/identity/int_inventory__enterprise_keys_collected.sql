{# Every way in which a source names an enterprise, with the first record that does so. Columns of each staging model:
   permit number, credit code, name, park ('' = the form has none). #}
{%- set registers = [
    ('permit', 'permit_site', 'stg_permit__sites', 'permit_no', 'credit_code', 'name', 'park'),
    ('permit', 'permit_outlet', 'stg_permit__outlets', 'permit_no', '', 'unit_name', ''),
    ('permit', 'permit_limit', 'stg_permit__limits', 'permit_no', '', 'unit_name', ''),
    ('permit', 'permit_release', 'stg_permit__releases', 'permit_no', '', 'unit_name', ''),
    ('permit', 'permit_product', 'stg_permit__products', 'permit_no', '', 'unit_name', ''),
    ('permit', 'permit_material', 'stg_permit__materials', 'permit_no', '', 'unit_name', ''),
    ('permit', 'permit_treatment', 'stg_permit__treatments', 'permit_no', '', 'unit_name', ''),
    ('census', 'census_site', 'stg_census__sites', 'permit_no', 'credit_code', 'name', 'park'),
    ('census', 'census_product', 'stg_census__products', 'permit_no', 'credit_code', 'unit_name', ''),
    ('census', 'census_material', 'stg_census__materials', 'permit_no', 'credit_code', 'unit_name', ''),
    ('census', 'census_release', 'stg_census__releases', 'permit_no', 'credit_code', 'unit_name', ''),
    ('key_unit', 'key_unit_entry', 'stg_key_unit__entries', 'permit_no', 'credit_code', 'name', ''),
    ('chemical_survey', 'chemical_survey_use', 'stg_chemical_survey__uses', 'permit_no', 'credit_code', 'name', ''),
    ('site_survey', 'site_survey_profile', 'stg_site_survey__profiles', 'permit_no', 'credit_code', 'name', 'park'),
    ('site_survey', 'site_survey_material', 'stg_site_survey__materials', 'permit_no', 'credit_code', 'enterprise_name', ''),
    ('site_survey', 'site_survey_product', 'stg_site_survey__products', 'permit_no', 'credit_code', 'enterprise_name', ''),
    ('site_survey', 'site_survey_release', 'stg_site_survey__releases', 'permit_no', 'credit_code', 'enterprise_name', ''),
    ('site_survey', 'site_survey_treatment', 'stg_site_survey__treatments', 'permit_no', 'credit_code', 'enterprise_name', ''),
    ('monitoring', 'monitoring_leak', 'stg_monitoring__leaks', 'permit_no', 'credit_code', 'enterprise_name', ''),
] -%}
{#- What a register says beside the name, for matching; its other tables say none of it. -#}
{%- set texts = ['former_names', 'address', 'postal_code'] -%}
{%- set said = {
    'permit_site': ['address', 'postal_code', 'longitude', 'latitude'],
    'census_site': ['former_names', 'address', 'postal_code', 'longitude', 'latitude'],
    'key_unit_entry': ['address', 'postal_code', 'longitude', 'latitude'],
    'site_survey_profile': ['former_names', 'address', 'longitude', 'latitude'],
} -%}
{%- set text = type_string() -%}
with

{% for source, raw_table, model, permit_no, credit_code, name, park in registers %}
{{ raw_table }}_key as (
    select
        '{{ source }}' as source,
        '{{ raw_table }}' as raw_table,
        {{ permit_no or 'cast(null as ' ~ text ~ ')' }} as permit_no,
        {{ credit_code or 'cast(null as ' ~ text ~ ')' }} as credit_code,
        {{ name }} as name,
        '{{ name }}' as name_column,
        {{ park or 'cast(null as ' ~ text ~ ')' }} as park,
        {% for column in texts + ['longitude', 'latitude'] %}
        {%- set kind = text if column in texts else 'double' %}
        {{ column if column in said.get(raw_table, []) else 'cast(null as ' ~ kind ~ ')' }} as {{ column }},
        {% endfor %}
        {{ provenance() }}
    from {{ ref(model) }}
    qualify
        row_number() over (
            partition by {{ [permit_no, credit_code, name, park] | select | join(', ') }}
            order by _file_no asc nulls last, _sheet asc nulls last, _row asc nulls last, _field asc nulls last, _record_id asc nulls last
        ) = 1
),

{% endfor %}
named as (
    {% for source, raw_table, model, permit_no, credit_code, name, park in registers %}
    select * from {{ raw_table }}_key
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    named.*,
    {{ enterprise_source_key('named.permit_no', 'named.credit_code', 'named.name') }} as source_key,
    {{ normalised_name('named.name') }} as name_key
from named
where coalesce(named.permit_no, named.credit_code, named.name) is not null
