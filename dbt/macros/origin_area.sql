{# Origin of a row that is an area of the profile (area.yml and its outline file). `alias` stands for stg_geography__profile_areas;
   an absent row (left join) gives an empty list. #}
{% macro origin_profile_area(alias) -%}
  {%- set items = [] -%}
  {%- for column in ['area_id', 'area_kind', 'name_cn', 'geometry_wkt'] -%}
    {%- do items.append(origin_item(
          source_table="'intake.area'", file_no='null', sheet="''", first_row='null', last_row='null',
          field=alias ~ ".area_id || '." ~ column ~ "'", record_field="''",
          cell_text=("coalesce(" ~ alias ~ ".file, 'area.yml')") if column == 'geometry_wkt' else to_text(alias ~ '.' ~ column),
          role="'profile'", column_name="'" ~ column ~ "'")) -%}
  {%- endfor -%}
  case when {{ alias }}.area_id is null then {{ origin_none() }} else {{ list_of(items) }} end
{%- endmacro %}
