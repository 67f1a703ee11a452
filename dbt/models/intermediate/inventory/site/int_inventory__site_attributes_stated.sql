{# What each register says of each attribute of a site: its newest record, then the first in the files. Which of them counts
   is said by int_inventory__site_attributes_chosen. #}
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
stated_{{ attribute }} as (
    select
        enterprise_id,
        '{{ attribute }}' as attribute,
        {{ value }} as value,
        longitude,
        latitude,
        source,
        raw_table,
        case when source_rank <= 5 then source when source_rank < 9 then raw_table else 'other' end as record_kind,
        {{ 'cast(employees as double)' if attribute == 'employees' else 'cast(null as double)' }} as number,
        stated_at,
        name_field,
        {{ provenance() }}
    from site_record
    where {{ value }} is not null
    qualify
        row_number() over (
            partition by enterprise_id, source
            order by
                source_rank asc nulls last,
                stated_at desc nulls last,
                _file_no asc nulls last,
                _sheet asc nulls last,
                _row asc nulls last, _record_id asc nulls last
        ) = 1
),

{% endfor %}
stated as (
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
    from stated_{{ attribute }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    enterprise_id,
    attribute,
    source,
    record_kind,
    value,
    number,
    longitude,
    latitude,
    stated_at,
    _flags as flags,
    origin
from stated
