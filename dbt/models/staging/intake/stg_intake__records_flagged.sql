{# How many records each raw table holds and how many carry which flag; flag '' counts all. A new raw table is named here. #}
{%- set tables = {
    'beach': ['measurement'],
    'census': ['industry', 'material', 'product', 'release', 'site'],
    'chemical_survey': ['use'],
    'exposure_survey': ['person'],
    'geography': ['feature', 'water_body'],
    'indicator': ['judgement', 'screening', 'value'],
    'key_unit': ['entry'],
    'literacy': ['answer', 'population', 'question', 'respondent', 'sampling'],
    'meteorology': ['hour'],
    'monitoring': ['detection_limit', 'leak', 'outlet_hour', 'quality_control', 'sample', 'site', 'station_hour', 'workplace'],
    'permit': ['limit', 'material', 'outlet', 'product', 'release', 'site', 'treatment'],
    'pilot': ['application', 'application_score', 'expert', 'funding', 'industry', 'open_day', 'opinion', 'progress', 'result_use', 'venue'],
    'receptor': ['job', 'place', 'population_cell'],
    'site_survey': ['answer', 'correction', 'material', 'new_pollutant', 'process', 'product', 'profile', 'release', 'treatment'],
    'supervision': ['appeal', 'event', 'problem']
} -%}
{% for source_name, names in tables.items() %}
{% for name in names %}
select
    '{{ source_name }}' as source,
    '{{ source_name }}_{{ name }}' as raw_table,
    '' as flag,
    count(*) as record_count
from {{ source(source_name, name) }}
union all
(
    with flagged as (select {{ unnest_list('_flags') }} as flag from {{ source(source_name, name) }} where {{ list_size('_flags') }} > 0)

    select
        '{{ source_name }}' as source,
        '{{ source_name }}_{{ name }}' as raw_table,
        flag,
        count(*) as record_count
    from flagged
    group by flag
)
{{ 'union all' if not loop.last }}
{% endfor %}
{{ 'union all' if not loop.last }}
{% endfor %}
