{# Section 4, third part: the largest stock of each material and product, which the site survey alone states; its newest record. #}
with

{% for kind in ['material', 'product'] %}
{{ kind }}_stock as (
    select
        matched.enterprise_id,
        '{{ kind }}|' || survey.{{ kind }}_name as item_key,
        survey.{{ kind }}_name as item,
        {{ number_text('survey.max_storage') }} as max_storage,
        survey.unit,
        'site_survey' as source,
        {{ period_last_day(to_text('survey.survey_year')) }} as value_date,
        'reported' as state,
        {{ provenance('survey') }}
    from {{ ref('stg_site_survey__' ~ kind ~ 's') }} as survey
    inner join
        {{ ref('int_inventory__enterprise_matched') }} as matched
        on
            matched.source = 'site_survey'
            and matched.source_key = {{ survey_source_key('survey') }}
    where survey.max_storage is not null
    qualify
        row_number() over (
            partition by matched.enterprise_id, survey.{{ kind }}_name
            order by
                survey.survey_year desc nulls last, survey._file_no desc nulls last, survey._sheet asc nulls last,
                survey._row asc nulls last, survey._record_id asc nulls last
        ) = 1
),

{{ kind }}_item as (
    select
        *,
        {{ 0 if kind == 'material' else 10000 }} + row_number() over (partition by enterprise_id order by item_key asc nulls last)
            as item_rank
    from {{ kind }}_stock
){{ ',' if not loop.last }}

{% endfor %}
{{ dossier_of_record('material_item', 'stock', 'site_survey_material', {
    'item': 'material_name', 'max_storage': 'max_storage'}, with_unit=['max_storage']) }}
union all
{{ dossier_of_record('product_item', 'stock', 'site_survey_product', {
    'item': 'product_name', 'max_storage': 'max_storage'}, with_unit=['max_storage']) }}
