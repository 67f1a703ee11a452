{# How a record of any source names an enterprise. What belongs here: the one expression that makes the source key, and the
   form of a Chinese permit number. Not here: which enterprise the key stands for (int_inventory__enterprise_matched). #}

{# The source key: permit number (or foreign facility id), else credit code, else `name:<normalised name>`. #}
{% macro enterprise_source_key(permit_no, credit_code, name) -%}
  coalesce({{ permit_no }}, {{ credit_code }}, 'name:' || {{ normalised_name(name) }})
{%- endmacro %}

{# A name without blanks, brackets and stops, in lower case: only to tell whether two spellings are one. #}
{% macro normalised_name(name) -%}
  lower({{ regexp_replace_all(name, '[\\s()（）\\[\\]【】·.,，。、_-]') }})
{%- endmacro %}

{# True for a Chinese permit number: an 18-character credit code, three digits of the site, a letter (missing in some exports). #}
{% macro is_chinese_permit_no(permit_no) -%}
  {{ regexp_like(permit_no, '^[0-9A-Z]{18}[0-9]{3}[A-Z]?$') }}
{%- endmacro %}

{# Origin of a source key: the cell that made it, in the first record that has it. The name stands under different headers
   in different raw tables (`name_column`). #}
{% macro key_origin(column) -%}
  {%- if column == 'name' -%}
    {%- set field = 'name_column' -%}
    {%- set text = name_text('name_column') -%}
  {%- else -%}
    {%- set field = "'" ~ column ~ "'" -%}
    {%- set text = json_text('_cells', column) -%}
  {%- endif -%}
  {{ list_of([origin_item(source_table='raw_table', file_no='_file_no', sheet='_sheet', first_row='_row', last_row='_row',
      field=field, record_field='_field', cell_text=text, role="'value'", column_name="'source_key'")]) }}
{%- endmacro %}

{# Cell text of an enterprise's name, whichever raw column holds it. `column`: SQL expression of the column's name. #}
{% macro name_text(column) -%}
  case {{ column }}
    when 'name' then {{ json_text('_cells', 'name') }}
    when 'unit_name' then {{ json_text('_cells', 'unit_name') }}
    else {{ json_text('_cells', 'enterprise_name') }}
  end
{%- endmacro %}

{# The letters of an outlet number in the national form (DA001, DW001), lower case; null for other numbers. They say the medium of an
   outlet that no list of outlets describes. #}
{% macro outlet_no_letters(outlet_no) -%}
  case when {{ regexp_like(outlet_no, '^[A-Za-z]{2}[0-9]{3,4}$') }} then lower(substr({{ outlet_no }}, 1, 2)) end
{%- endmacro %}

{# Name of a site as a list prints it. Where records under its credit code are proposed to belong to another site, and nobody has decided
   that yet, the code is said to be in question: two lines of one name are else taken for a mistake. #}
{% macro listed_name(enterprise) -%}
  {{ enterprise }}.name || case
    when {{ enterprise }}.credit_code in (select asked.object_key from {{ ref('proposed_decision') }} as asked where asked.kind = 'merge')
      then '（信用代码待核实）'
    else ''
  end
{%- endmacro %}
