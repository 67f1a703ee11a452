{# Pollutant ids that the files use and the seed does not know: a CAS number with a right check digit, or a code that a form
   accepts. One record of the files stands for each. #}
{%- set text = type_string() -%}
{%- set absent = 'cast(null as ' ~ text ~ ')' -%}
{%- set registers = [
    ('permit_release', 'stg_permit__releases', 'pollutant_id', 'pollutant_id', 'pollutant_name'),
    ('permit_limit', 'stg_permit__limits', 'pollutant_id', 'pollutant_id', absent),
    ('census_release', 'stg_census__releases', 'pollutant_id', 'pollutant_id', absent),
    ('chemical_survey_use', 'stg_chemical_survey__uses', 'cas_no', 'cas_no', 'chemical_name'),
    ('site_survey_release', 'stg_site_survey__releases', 'pollutant_id', 'pollutant_id', absent),
    ('site_survey_new_pollutant', 'stg_site_survey__new_pollutants', 'cas_no', 'cas_no', 'pollutant_name'),
    ('site_survey_material', 'stg_site_survey__materials', 'cas_no', 'cas_no', 'material_name'),
    ('site_survey_product', 'stg_site_survey__products', 'cas_no', 'cas_no', 'product_name'),
    ('monitoring_sample', 'stg_monitoring__samples', 'pollutant_id', 'pollutant_id', absent),
    ('monitoring_station_hour', 'stg_monitoring__station_hours', 'pollutant_id', 'pollutant_id', absent),
    ('monitoring_outlet_hour', 'stg_monitoring__outlet_hours', 'pollutant_id', 'pollutant_id', absent),
    ('monitoring_workplace', 'stg_monitoring__workplaces', 'pollutant_id', 'pollutant_id', absent),
    ('indicator_screening', 'stg_indicator__screenings', 'pollutant_id', 'pollutant_id', absent),
] -%}
with

found as (
    {% for raw_table, model, pollutant, raw_column, name in registers %}
    select
        '{{ raw_table }}' as raw_table,
        {{ pollutant }} as pollutant_id,
        '{{ raw_column }}' as raw_column,
        {{ name }} as name_as_written,
        _file_no,
        _sheet,
        _row,
        _field,
        {{ json_text('_cells', raw_column) }} as cell_text
    from {{ ref(model) }}
    where {{ pollutant }} is not null
        and {{ pollutant }} not in (select pollutant_id from {{ ref('chemical') }})
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

first_of_each as (
    select
        found.*,
        row_number() over (
            partition by pollutant_id
            order by
                case when name_as_written is null then 1 else 0 end asc nulls last,
                raw_table asc nulls last, _file_no asc nulls last, _sheet asc nulls last, _row asc nulls last, _field asc nulls last
        ) as place
    from found
)

select
    pollutant_id,
    name_as_written,
    raw_table,
    raw_column,
    _file_no,
    _sheet,
    _row,
    _field,
    cell_text
from first_of_each
where place = 1
