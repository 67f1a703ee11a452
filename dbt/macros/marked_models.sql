{# Models marked `config.meta.<mark>` in their YAML, sorted by id, as {name: schema.table, relation, key: primary key, mark: what
   it says}.
   They become parents of the model that calls this: dbt must know its parents when it parses, before it knows any YAML, so
   ehpilot (manifest.marks) reads the marks out of the YAML and gives them to dbt in EHPILOT_MARKS. When the run executes, the
   graph says the truth: a marked model that is no parent would be read too early, so that stops the run. #}
{% macro marked_models(mark) -%}
  {%- set found = [] -%}
  {%- if not execute -%}
    {%- for name in fromjson(env_var('EHPILOT_MARKS', '{}')).get(mark, []) -%}{%- do ref(name) -%}{%- endfor -%}
  {%- else -%}
    {%- for node in graph.nodes.values() | selectattr('resource_type', 'equalto', 'model') | sort(attribute='unique_id') -%}
      {%- if node.config.meta.get(mark) -%}
        {%- if node.unique_id not in model.depends_on.nodes -%}
          {{ exceptions.raise_compiler_error(node.name ~ ' is marked ' ~ mark ~ ' and ' ~ model.name ~ ' does not know it: parse with EHPILOT_MARKS as ehpilot.manifest gives it, and mark models in YAML') }}
        {%- endif -%}
        {%- set key = [] -%}
        {%- for constraint in node.constraints if constraint.type == 'primary_key' -%}{%- do key.extend(constraint.columns) -%}{%- endfor -%}
        {%- do found.append({'name': node.schema ~ '.' ~ node.alias, 'key': key, 'mark': node.config.meta.get(mark), 'relation': ref(node.name)}) -%}
      {%- endif -%}
    {%- endfor -%}
  {%- endif -%}
  {{ return(found) }}
{%- endmacro %}
