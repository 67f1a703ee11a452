{# Survivorship, attribute by attribute: permit, census, site survey, chemical survey, key unit list; within a register the
   newest record, then the first in the files. An attribute that a better register leaves empty is taken from the next. What an
   enterprise corrected in a returned confirmation sheet stands before all registers. #}
{%- set attributes = {
    'permit_no': ('permit_no', ['permit_no']),
    'credit_code': ('coalesce(matched_credit_code, credit_code)', ['credit_code', 'permit_no']),
    'name': ('name', ['name']),
    'status': ('status', ['status']),
    'industry_code': ("nullif(" ~ regexp_replace_all('industry_code', '^[A-Z]') ~ ", '')", ['industry_code']),
    'industry_name': ('industry_name', ['industry_name']),
    'park': ('park', ['park']),
    'employees': (to_text('employees'), ['employees']),
    'place': ("case when longitude is not null and latitude is not null then 'place' end", ['longitude', 'latitude']),
} -%}
with

site_record as (
    select * from {{ ref('int_inventory__site_records_unioned') }}
    where enterprise_id not like '%-000'
),

{% for attribute, (value, raw_columns) in attributes.items() %}
chosen_{{ attribute }} as (
    select
        enterprise_id,
        '{{ attribute }}' as attribute,
        {{ value }} as value,
        longitude,
        latitude,
        source,
        raw_table,
        stated_at,
        name_field,
        {{ provenance() }}
    from site_record
    where {{ value }} is not null
    qualify
        row_number() over (
            partition by enterprise_id
            order by
                source_rank asc nulls last,
                stated_at desc nulls last,
                _file_no asc nulls last,
                _sheet asc nulls last,
                _row asc nulls last
        ) = 1
),

{% endfor %}
chosen as (
    {% for attribute, (value, raw_columns) in attributes.items() %}
    select
        *,
        {% set items = [] %}
        {%- for raw_column in raw_columns %}
        {%- do items.append(origin_item(
              source_table='raw_table', file_no='_file_no', sheet='_sheet', first_row='_row', last_row='_row',
              field=('name_field' if raw_column == 'name' else "'" ~ raw_column ~ "'"), record_field='_field', cell_text=(name_text('name_field') if raw_column == 'name' else json_text('_cells', raw_column)), role="'value'",
              column_name="'" ~ (raw_column if attribute == 'place' else 'park_id' if attribute == 'park' else attribute) ~ "'")) %}
        {%- endfor -%}
        {{ origin_filled(list_of(items)) }} as origin
    from chosen_{{ attribute }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    enterprise_id,
    attribute,
    value,
    longitude,
    latitude,
    source,
    stated_at,
    flags,
    origin
from {{ ref('int_inventory__site_attributes_confirmed') }}
union all
select
    chosen.enterprise_id,
    chosen.attribute,
    chosen.value,
    chosen.longitude,
    chosen.latitude,
    chosen.source,
    chosen.stated_at,
    chosen._flags as flags,
    chosen.origin
from chosen
left join
    {{ ref('int_inventory__site_attributes_confirmed') }} as confirmed
    on confirmed.enterprise_id = chosen.enterprise_id and confirmed.attribute = chosen.attribute
where confirmed.enterprise_id is null
