{# Rows of the dossier out of a relation with one row an item. What belongs here: turning columns into rows, texts of numbers.
   Not here: titles, labels and what an empty block means (seeds dossier_block, dossier_block_field).

   The relation has enterprise_id, item_key (what stays the same from edition to edition), item_rank (order in the block),
   source (folder code), value_date, state. Row columns: `dossier_columns()`. #}

{% macro dossier_columns() -%}
  enterprise_id, block, item_key, item_rank, field, plain_value, unit, source, file_no, value_date, state, parent_table,
  parent_key, parent_column, origin
{%- endmacro %}

{# Items that are rows of a public table: `parent_key` of the relation is that row's key; `fields` = {field: column of the
   table}; '' = no single column. `unit` of the relation goes to the fields in `with_unit`; those in `computed` are computed here,
   whatever the item's state. #}
{% macro dossier_of_table(relation, block, table, fields, with_unit=[], computed=[]) -%}
  {% for field, column in fields.items() %}
  select
      enterprise_id, '{{ block }}' as block, item_key, item_rank, '{{ field }}' as field, {{ field }} as plain_value,
      {{ 'unit' if field in with_unit else 'cast(null as ' ~ type_string() ~ ')' }} as unit,
      source, file_no, value_date, {{ "'derived'" if field in computed else 'state' }} as state, '{{ table }}' as parent_table, parent_key,
      {{ "'" ~ column ~ "'" if column else 'cast(null as ' ~ type_string() ~ ')' }} as parent_column,
      {{ origin_none() }} as origin
  from {{ relation }}
  {{ 'union all' if not loop.last }}
  {% endfor %}
{%- endmacro %}

{# Items that are records of a raw table: the relation carries the record's provenance; `fields` = {field: raw column}. #}
{% macro dossier_of_record(relation, block, raw_table, fields, with_unit=[]) -%}
  {% for field, column in fields.items() %}
  select
      enterprise_id, '{{ block }}' as block, item_key, item_rank, '{{ field }}' as field, {{ field }} as plain_value,
      {{ 'unit' if field in with_unit else 'cast(null as ' ~ type_string() ~ ')' }} as unit,
      source, _file_no as file_no, value_date, state, cast(null as {{ type_string() }}) as parent_table,
      cast(null as {{ type_string() }}) as parent_key, cast(null as {{ type_string() }}) as parent_column,
      {{ origin_cells(raw_table, relation, {'value': column}) }} as origin
  from {{ relation }}
  {{ 'union all' if not loop.last }}
  {% endfor %}
{%- endmacro %}

{# Text of a number to twelve significant digits, more than any register states: what binary arithmetic leaves behind
   them (0.032310000000000005) is no digit of the figure. Without a bare ".0". #}
{% macro number_text(expression) -%}
  {{ significant_text(expression, 12) }}
{%- endmacro %}

{# A figure of a dossier. One of more than nine digits was computed, here or before it was reported, and has four; all that is shorter is
   printed as it is stated. #}
{% macro figure_text(expression) -%}
  case
    when length({{ regexp_replace_all(number_text(expression), '^-?0*\\.?0*|\\.') }}) > 9 then {{ significant_text(expression, 4) }}
    else {{ number_text(expression) }}
  end
{%- endmacro %}

{# Text of a computed number with so many significant digits, half to even; a number that a register states is never rounded. #}
{% macro significant_text(expression, digits) -%}
  {%- set number = 'cast(' ~ expression ~ ' as double)' -%}
  case when {{ number }} = 0 then '0' else {{ regexp_replace_all(to_text('cast(round_even(' ~ number ~ ', ' ~ (digits - 1) ~ ' - cast(floor(log10(nullif(abs(' ~ number ~ '), 0))) as integer)) as double)'), '\\.0$') }} end
{%- endmacro %}

{# Text of degrees: seven decimals are a centimetre. #}
{% macro degree_text(expression) -%}
  {{ number_text('cast(round_even(' ~ expression ~ ', 7) as double)') }}
{%- endmacro %}

{# Text of a share as percent; twelve decimals at most, so that 0.07 is 7 and not 7.000000000000001. #}
{% macro percent_text(expression) -%}
  {{ number_text('cast(round(100.0 * ' ~ expression ~ ', 10) as double)') }}
{%- endmacro %}

{# Last day of a period word (2026, 2026Q1, 2026-03) or the date itself; null for other texts. #}
{% macro period_last_day(expression) -%}
  case
    when length({{ expression }}) = 4 then {{ try_date(expression ~ " || '-12-31'") }}
    when {{ expression }} like '____Q_' then last_day({{ try_date(
        'substr(' ~ expression ~ ", 1, 4) || '-' || lpad(" ~ to_text('3 * try_cast(substr(' ~ expression ~ ', 6, 1) as integer)') ~ ", 2, '0') || '-01'") }})
    when {{ expression }} like '____-__' then last_day({{ try_date(expression ~ " || '-01'") }})
    else {{ try_date('substr(' ~ expression ~ ', 1, 10)') }}
  end
{%- endmacro %}

{# Label of a code, from the code_label alias joined for it; a code without a label stands for itself. #}
{% macro code_label_join(alias, code_set, expression) -%}
  left join {{ ref('code_label') }} as {{ alias }} on {{ alias }}.code_set = '{{ code_set }}' and {{ alias }}.code = {{ expression }}
{%- endmacro %}

{# Id of one cell of the dossier: it stays the same from edition to edition as long as the item keeps its key. #}
{% macro dossier_field_id(enterprise_id, block, item_key, field) -%}
  {{ id16([enterprise_id, block, item_key, field]) }}
{%- endmacro %}

{# Origin of a corrected attribute: the cell 更正值 of the returned sheet (原值 where a coordinate was left as printed). The column it
   explains is the attribute; a park is known by its id in core.dim_enterprise. #}
{% macro origin_of_correction(alias) -%}
  {{ list_of([origin_item(
      source_table="'site_survey_correction'", file_no=alias ~ '._file_no', sheet=alias ~ '._sheet', first_row=alias ~ '._row',
      last_row=alias ~ '._row', field="case when " ~ alias ~ ".new_value is null then 'old_value' else 'new_value' end",
      record_field=alias ~ '._field', cell_text='coalesce(' ~ alias ~ '.new_value, ' ~ alias ~ '.old_value)', role="'value'",
      column_name="case " ~ alias ~ ".attribute when 'park' then 'park_id' else " ~ alias ~ ".attribute end")]) }}
{%- endmacro %}

{# Source key of a sheet of the site survey: that of its workbook. #}
{% macro survey_source_key(alias) -%}
  {{ enterprise_source_key(alias ~ '.permit_no', alias ~ '.credit_code', alias ~ '.enterprise_name') }}
{%- endmacro %}
