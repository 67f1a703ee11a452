{# Declared names of the raw tables and their columns, for documents, as a relation (table_name, field, label); field '' is the
   table itself; a column without a label has the Chinese half of its description, as in the register. Known only when the run
   executes. Not here: words of codes (words.sql). #}
{% macro raw_labels() -%}
  (values ('', '', '')
  {%- if execute -%}
    {%- for node in graph.sources.values() | sort(attribute='unique_id') -%}
      {%- set label = (node.config.meta or node.meta or {}).get('label') -%}
      {%- if label %}, ('{{ node.identifier }}', '', '{{ label | replace("'", "''") }}'){% endif -%}
      {%- for column in node.columns.values() -%}
        {%- set label = (column.config.meta or column.meta or {}).get('label') or (column.description or '').split(' / ')[0] -%}
        {%- if label %}, ('{{ node.identifier }}', '{{ column.name }}', '{{ label | replace("'", "''") }}'){% endif -%}
      {%- endfor -%}
    {%- endfor -%}
  {%- endif -%}
  ) as raw_label (table_name, field, label)
{%- endmacro %}
