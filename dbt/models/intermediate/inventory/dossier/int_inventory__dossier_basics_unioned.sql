{# All fields of sections 1 to 15 that rest on a table, with what a returned confirmation sheet says of them: a value that was confirmed
   or corrected is verified, and a corrected one is the value that is printed. #}
{%- set parts = [
    'int_inventory__dossier_site_filled', 'int_inventory__dossier_production_filled', 'int_inventory__dossier_outlets_filled', 'int_inventory__dossier_limits_filled',
    'int_inventory__dossier_releases_filled', 'int_inventory__dossier_monitoring_filled', 'int_inventory__dossier_oversight_filled',
    'int_inventory__dossier_stocks_filled', 'int_inventory__dossier_winds_filled', 'int_inventory__dossier_procedures_filled',
] -%}
with

filled as (
    {% for part in parts %}
    select {{ dossier_columns() }} from {{ ref(part) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

identified as (
    select
        filled.enterprise_id,
        filled.block,
        filled.item_key,
        filled.item_rank,
        filled.field,
        nullif(trim(filled.plain_value), '') as plain_value,
        coalesce(filled.unit, field.unit) as unit,
        filled.source,
        filled.file_no,
        filled.value_date,
        filled.state,
        filled.parent_table,
        filled.parent_key,
        filled.parent_column,
        filled.origin,
        {{ dossier_field_id('filled.enterprise_id', 'filled.block', 'filled.item_key', 'filled.field') }} as field_id,
        nullif(field.attribute, '') as attribute
    from filled
    inner join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = filled.enterprise_id
    inner join {{ ref('dossier_block_field') }} as field on field.block = filled.block and field.field = filled.field
),

adopted as (
    select distinct
        enterprise_id,
        case attribute when 'place' then 'longitude' else attribute end as attribute
    from {{ ref('int_inventory__site_attributes_confirmed') }}
    union all
    select distinct enterprise_id, 'latitude' as attribute
    from {{ ref('int_inventory__site_attributes_confirmed') }}
    where attribute = 'place'
),

judged as (
    select
        identified.*,
        correction.confirmed_on,
        correction._file_no as correction_file_no,
        adopted.attribute is not null as is_adopted,
        identified.attribute is null and correction.new_value is not null as is_corrected,
        coalesce(correction.new_value, correction.old_value) = identified.plain_value as is_confirmed,
        correction.new_value,
        {{ origin_cells('site_survey_correction', 'correction', {'value': 'new_value'}) }} as correction_origin
    from identified
    left join
        {{ ref('int_inventory__corrections_matched') }} as correction
        on
            correction.enterprise_id = identified.enterprise_id
            and correction.field_id = identified.field_id
            and correction.is_newest
    left join
        adopted
        on adopted.enterprise_id = identified.enterprise_id and adopted.attribute = identified.attribute
)

select
    enterprise_id,
    block,
    item_key,
    item_rank,
    field,
    field_id,
    case when is_corrected then new_value else plain_value end as plain_value,
    unit,
    case when is_corrected then 'site_survey' else source end as source,
    case when is_corrected then correction_file_no else file_no end as file_no,
    case when is_corrected or is_confirmed or is_adopted then coalesce(confirmed_on, value_date) else value_date end as value_date,
    case
        when is_corrected then 'verified'
        when plain_value is null then 'missing'
        when coalesce(is_confirmed, false) or is_adopted then 'verified'
        else state
    end as state,
    case when not is_corrected then parent_table end as parent_table,
    case when not is_corrected then parent_key end as parent_key,
    case when not is_corrected then parent_column end as parent_column,
    case when is_corrected then correction_origin else origin end as origin
from judged
