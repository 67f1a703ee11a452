{# Raw tables as the sources YAML declares them, sorted by id, as {source, name: physical table, relation}. They become parents of
   the model that calls this: as with marked models (marked_models.sql) ehpilot gives their names to dbt in EHPILOT_MARKS, since
   a call of source() counts only while dbt parses; the graph says the truth when the run executes. #}
{% macro raw_tables() -%}
  {%- set found = [] -%}
  {%- if not execute -%}
    {%- for name in fromjson(env_var('EHPILOT_MARKS', '{}')).get('raw', []) -%}{%- do source(*name.split('.')) -%}{%- endfor -%}
  {%- else -%}
    {%- for node in graph.sources.values() | selectattr('schema', 'equalto', 'raw') | sort(attribute='unique_id') -%}
      {%- if node.unique_id not in model.depends_on.nodes -%}
        {{ exceptions.raise_compiler_error(node.identifier ~ ' is a raw table and ' ~ model.name ~ ' does not know it: parse with EHPILOT_MARKS as ehpilot.manifest gives it') }}
      {%- endif -%}
      {%- do found.append({'source': node.source_name, 'name': node.identifier, 'relation': source(node.source_name, node.name)}) -%}
    {%- endfor -%}
  {%- endif -%}
  {{ return(found) }}
{%- endmacro %}
