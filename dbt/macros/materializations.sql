{#-
    How models are made in the working database. It is new in every build and nobody reads it meanwhile, so each is made in
    place, in one transaction. dbt's own table and view make one of another name, rename two and drop two, for a warehouse
    that is read while it is built: four statements a model that would say nothing here.
-#}

{% materialization table, adapter="duckdb", supported_languages=["sql", "python"] %}
  {%- set target = this.incorporate(type="table") -%}
  {{ clear_the_place(target) }}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}
  {% call statement("main", language=model["language"]) -%}
    {{- create_table_as(False, target, compiled_code, model["language"]) }}
  {%- endcall %}
  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {% do persist_docs(target, model) %}
  {{ adapter.commit() }}
  {{ return({"relations": [target]}) }}
{% endmaterialization %}

{% materialization view, adapter="duckdb" %}
  {%- set target = this.incorporate(type="view") -%}
  {{ clear_the_place(target) }}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}
  {% call statement("main") -%}
    {{ get_create_view_as_sql(target, sql) }}
  {%- endcall %}
  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {% do persist_docs(target, model) %}
  {{ adapter.commit() }}
  {{ return({"relations": [target]}) }}
{% endmaterialization %}

{#- A model that is built again in the same database (`ehpilot build --select`) drops what is there; if it then fails, the
    transaction brings that back. -#}
{% macro clear_the_place(target) %}
  {%- set existing = load_cached_relation(target) -%}
  {%- if existing is not none -%}
    {% call statement("clear") -%}
      drop {{ existing.type }} {{ existing }} cascade
    {%- endcall %}
  {%- endif -%}
{% endmacro %}

{#- dbt's own first asks the database for the columns and leaves out comments of those that are not there, a query a model.
    Here a column that is described and not made is an error. -#}
{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) -%}
  {%- if for_relation and config.persist_relation_docs() and model.description %}
    {% do run_query(alter_relation_comment(relation, model.description)) %}
  {%- endif %}
  {%- if for_columns and config.persist_column_docs() and model.columns %}
    {%- set comments = alter_column_comment(relation, model.columns) %}
    {% if comments | trim %}{% do run_query(comments) %}{% endif %}
  {%- endif %}
{%- endmacro %}

{% macro duckdb__alter_column_comment(relation, column_dict) %}
  {%- for name, column in column_dict.items() if column["description"] %}
    comment on column {{ relation }}.{{ adapter.quote(name) }} is {{ duckdb_escape_comment(column["description"]) }};
  {%- endfor %}
{% endmacro %}
