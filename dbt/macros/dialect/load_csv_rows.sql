{# Loads a seed with a stated CSV dialect. The adapter's own macro lets DuckDB guess it, and the guess fails (or worse,
   differs) on names such as 4,4'-methylenediphenyl diisocyanate. #}
{% macro duckdb__load_csv_rows(model, agate_table) %}
  {% set sql %}
    copy {{ this.render() }} from '{{ adapter.get_seed_file_path(model) }}'
    (format csv, header true, delimiter ',', quote '"', escape '"', new_line '\n', auto_detect false)
  {% endset %}
  {% do adapter.add_query(sql, abridge_sql_log=True) %}
  {{ return(sql) }}
{% endmacro %}
