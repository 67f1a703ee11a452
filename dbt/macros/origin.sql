{# Origins: where a mart row came from, as a list of structs in the column `_origin` (docs/tracing.md).
   What belongs here: the meaning of each kind of origin. Not here: how a list of structs is written (macros/dialect/). #}

{# Cells of one raw record. `cells`: {mart column: raw column}. Empty list when the alias row is absent (left join).
   `field` is the raw column; meta.origin turns it into the header text of the file. `record_field` is the header of the
   value cell of a record that was a cell of a wide table ('' otherwise). #}
{% macro origin_cells(raw_table, alias, cells) -%}
  {%- set items = [] -%}
  {%- for mart_column, raw_column in cells.items() -%}
    {%- do items.append(origin_item(
          source_table="'" ~ raw_table ~ "'", file_no=alias ~ '._file_no', sheet=alias ~ '._sheet',
          first_row=alias ~ '._row', last_row=alias ~ '._row', field="'" ~ raw_column ~ "'",
          record_field=alias ~ '._field', cell_text=json_text(alias ~ '._cells', raw_column),
          role="'value'", column_name="'" ~ mart_column ~ "'")) -%}
  {%- endfor -%}
  case when {{ alias }}._file_no is null then {{ origin_none() }} else {{ list_of(items) }} end
{%- endmacro %}

{# A run of rows of one file (hourly series, sums over rows): arguments are SQL expressions, `raw_table`, `field` and
   `column_name` plain names. Typically after `group by _file_no, _sheet` with min(_row) and max(_row). #}
{% macro origin_rows(raw_table, file_no, sheet, first_row, last_row, field, column_name) -%}
  case when {{ file_no }} is null then {{ origin_none() }} else {{ list_of([origin_item(
      source_table="'" ~ raw_table ~ "'", file_no=file_no, sheet=sheet, first_row=first_row, last_row=last_row,
      field="'" ~ field ~ "'", record_field="''", cell_text='null', role="'value'",
      column_name="'" ~ column_name ~ "'")]) }} end
{%- endmacro %}

{# Cells of one seed row. The alias must stand for `seed_rows('<seed>')`, which brings the line number in the csv.
   `columns`: list of seed columns (mart column of the same name) or {mart column: seed column}. #}
{% macro origin_seed(seed, alias, columns) -%}
  {%- set pairs = columns.items() if columns is mapping else columns | map('string') | list -%}
  {%- set items = [] -%}
  {%- for pair in pairs -%}
    {%- set mart_column = pair if pair is string else pair[0] -%}
    {%- set seed_column = pair if pair is string else pair[1] -%}
    {%- do items.append(origin_item(
          source_table="'seed." ~ seed ~ "'", file_no='null', sheet="''", first_row=alias ~ '._line',
          last_row=alias ~ '._line', field="'" ~ seed_column ~ "'", record_field="''",
          cell_text=to_text(alias ~ '.' ~ seed_column), role="'seed'", column_name="'" ~ mart_column ~ "'")) -%}
  {%- endfor -%}
  case when {{ alias }}._line is null then {{ origin_none() }} else {{ list_of(items) }} end
{%- endmacro %}

{# A value of the profile. `parameter_id`: SQL expression (or a quoted literal) of the parameter's id, null = no origin. #}
{% macro origin_profile(parameter_id, value='null', column_name='value') -%}
  case when {{ parameter_id }} is null then {{ origin_none() }} else {{ list_of([origin_item(
      source_table="'intake.profile_parameter'", file_no='null', sheet="''", first_row='null', last_row='null',
      field=parameter_id, record_field="''", cell_text=to_text(value), role="'profile'",
      column_name="'" ~ column_name ~ "'")]) }} end
{%- endmacro %}

{# A clerk's decision; the alias stands for source('intake', 'decision'). Empty list when the alias row is absent. #}
{% macro origin_decision(alias, column_name) -%}
  case when {{ alias }}.decision_id is null then {{ origin_none() }} else {{ list_of([origin_item(
      source_table="'decisions'", file_no=alias ~ '.file_no', sheet="''", first_row=alias ~ '.row_number',
      last_row=alias ~ '.row_number', field="'value'", record_field="''", cell_text=alias ~ '.decided',
      role="'decision'", column_name="'" ~ column_name ~ "'")]) }} end
{%- endmacro %}

{# The empty list of origins. #}
{% macro origin_none() -%}
  cast({{ list_of([]) }} as {{ origin_type() }})
{%- endmacro %}

{# Several lists of origins joined into one; null lists count as empty. #}
{% macro origin_join(lists) -%}
  {{ list_join(lists, origin_type()) }}
{%- endmacro %}

{# Aggregate: the origins of all rows of a group in one list, in a fixed order, equal ones once. #}
{% macro origin_collect(expression) -%}
  {{ list_collect_sorted(expression) }}
{%- endmacro %}
