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
    {%- if config.get("meta", {}).get("by_month") -%}
      {{ create_by_month(target, compiled_code) }}
    {%- else -%}
      {{ create_table_as(False, target, compiled_code, model["language"]) }}
    {%- endif -%}
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

{#- All comments of a model in one statement. dbt's own first asks the database for the columns and leaves out comments of
    those that are not there, a query a model. Here a column that is described and not made is an error. -#}
{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) -%}
  {%- set place = relation | string -%}
  {%- set comments = [] -%}
  {%- if for_relation and config.persist_relation_docs() and model.description -%}
    {%- set text = model.description | replace("'", "''") -%}
    {%- do comments.append("comment on " ~ relation.type ~ " " ~ place ~ " is '" ~ text ~ "'") -%}
  {%- endif -%}
  {%- if for_columns and config.persist_column_docs() -%}
    {%- for name, column in model.columns.items() if column["description"] -%}
      {%- set text = column["description"] | replace("'", "''") -%}
      {%- do comments.append("comment on column " ~ place ~ "." ~ adapter.quote(name) ~ " is '" ~ text ~ "'") -%}
    {%- endfor -%}
  {%- endif -%}
  {%- if comments -%}
    {% call statement("comments") -%}{{ comments | join("; ") }}{%- endcall %}
  {%- endif -%}
{%- endmacro %}

{#- Columns of a model's SQL against those of its contract. dbt's own makes a query of the contract too, to learn how DuckDB
    writes its types, and calls three macros a column: a fifth of the time of a mart. It is asked, and says what is wrong,
    where the two are not written alike. -#}
{% macro duckdb__get_assert_columns_equivalent(sql) -%}
  {%- set declared, made = [], [] -%}
  {%- for column in model["columns"].values() -%}
    {%- for part in api.Column(column["name"], column["data_type"] | string).flatten() -%}
      {%- do declared.append(part.column ~ " " ~ part.dtype | upper) -%}
    {%- endfor -%}
  {%- endfor -%}
  {%- for part in adapter.get_column_schema_from_query(sql ~ "\n") -%}
    {%- do made.append(part.column ~ " " ~ part.dtype | upper) -%}
  {%- endfor -%}
  {%- if not declared or declared | sort != made | sort -%}
    {{ return(assert_columns_equivalent(sql)) }}
  {%- endif -%}
{%- endmacro %}

{#- A model by month (`config.meta.by_month`, ehpilot/warehouse/months.py) is a view of the rows that are computed now and of
    Parquet files of months that an earlier build has computed and on which all that they rest on is equal; a table where
    there are none. -#}
{% macro create_by_month(target, sql) %}
  {%- set kept = months_taken_over() -%}
  {%- if kept | length == 0 -%}
    {{ create_table_as(False, target, sql, "sql") }}
  {%- else -%}
    {%- set time = adapter.quote(config.get("meta")["by_month"]["time"]) -%}
    {%- set own = target.incorporate(path={"identifier": target.identifier ~ "__own"}) -%}
    {%- set files = kept | map(attribute="files") | select | join(", ") -%}
    create or replace table {{ own }} as
    select * from ({{ sql }}) as model_rows
    where {{ time }} is null or not (
      {%- for run in kept %}
        ({{ time }} >= {{ run["first_month"] }} and {{ time }} < {{ run["last_month"] }} + interval 1 month)
        {{- " or" if not loop.last }}
      {%- endfor %}
    );
    create view {{ target }} as
    select * from {{ own }}
    {%- if files %}
    union all by name
    select * from read_parquet([{{ files }}], hive_partitioning = false)
    {%- endif %}
  {%- endif -%}
{% endmacro %}

{#- Runs of months of the model that is made, with the files of their rows, as planned before the stage. -#}
{% macro months_taken_over() %}
  {%- if load_relation(api.Relation.create(database=this.database, schema="months", identifier="plan")) is none -%}
    {{ return([]) }}
  {%- endif -%}
  {%- set found = run_query(
    "select 'timestamp ''' || min(month) || '-01''' as first_month, 'timestamp ''' || max(month) || '-01''' as last_month,"
    ~ " string_agg(path, ', ' order by month) as files from (select month, path, left(month, 4)::integer * 12"
    ~ " + right(month, 2)::integer - row_number() over (order by month) as run from months.plan where is_kept and model = '"
    ~ this.schema ~ "." ~ this.identifier ~ "') group by run order by 1"
  ) -%}
  {{ return(found.rows) }}
{% endmacro %}
