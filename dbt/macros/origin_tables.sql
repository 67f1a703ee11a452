{# Models marked `config.meta.origin: true`, as (schema.table, relation, key), sorted. Known only when the run executes.
   `listed`: the unique ids that the caller names in its depends_on; a marked model that it does not name would be read too
   early, so that is an error that says what to do. #}
{% macro origin_tables(listed) -%}
  {%- set tables = [] -%}
  {%- if execute -%}
    {%- for node in graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') | sort(attribute='unique_id') -%}
      {%- if node.config.meta.get('origin') -%}
        {%- if node.unique_id not in listed -%}
          {{ exceptions.raise_compiler_error('meta.origin does not list ' ~ node.name ~ ': add it to the list at the top of dbt/models/marts/meta/origin.sql') }}
        {%- endif -%}
        {%- set key = [] -%}
        {%- for constraint in node.constraints if constraint.type == 'primary_key' -%}{%- do key.extend(constraint.columns) -%}{%- endfor -%}
        {%- do tables.append((node.schema ~ '.' ~ node.alias, api.Relation.create(database=node.database, schema=node.schema, identifier=node.alias), key)) -%}
      {%- endif -%}
    {%- endfor -%}
  {%- endif -%}
  {{ return(tables) }}
{%- endmacro %}
