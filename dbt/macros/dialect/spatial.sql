{# Geometry as DuckDB's spatial extension writes it. A model that uses these needs the pre-hook load_spatial().
   Geometry is stored as WKT in EPSG:4490 (degrees, x = longitude); metric work is done in the profile's own system. #}

{# WKT text to geometry; null stays null. #}
{% macro geometry_of(wkt) -%}st_geomfromtext({{ wkt }}){%- endmacro %}

{# Geometry to WKT text. #}
{% macro wkt_of(geometry) -%}st_astext({{ geometry }}){%- endmacro %}

{# Geometry in degrees to metres in `crs` (SQL expression of an EPSG code), and back. #}
{% macro to_metric(geometry, crs) -%}st_transform({{ geometry }}, 'EPSG:4490', {{ crs }}, always_xy := true){%- endmacro %}
{% macro to_degrees(geometry, crs) -%}st_transform({{ geometry }}, {{ crs }}, 'EPSG:4490', always_xy := true){%- endmacro %}

{# Geometry in metres of one system as metres of another (SQL expressions of EPSG codes). #}
{% macro between_systems(geometry, source, target) -%}st_transform({{ geometry }}, {{ source }}, {{ target }}, always_xy := true){%- endmacro %}

{% macro point_of(x, y) -%}st_point({{ x }}, {{ y }}){%- endmacro %}
{% macro x_of(point) -%}st_x({{ point }}){%- endmacro %}
{% macro y_of(point) -%}st_y({{ point }}){%- endmacro %}

{# True where the outline holds the point. #}
{% macro contains_point(outline, point) -%}st_contains({{ outline }}, {{ point }}){%- endmacro %}

{# Area in square kilometres of a geometry in metres. #}
{% macro area_km2(metric_geometry) -%}(st_area({{ metric_geometry }}) / 1000000.0){%- endmacro %}

{# What lies within `distance_m` of a geometry in metres, less the geometry itself. #}
{% macro ring_of(metric_geometry, distance_m) -%}
  st_difference(st_buffer({{ metric_geometry }}, {{ distance_m }}), {{ metric_geometry }})
{%- endmacro %}

{# Aggregate: the outlines of a group as one, the same whatever the order of the rows; null when the group has none. #}
{% macro outline_union(geometry) -%}
  case when count({{ geometry }}) > 0 then st_normalize(st_union_agg({{ geometry }})) end
{%- endmacro %}

{# Bounds of a geometry: side is xmin, xmax, ymin or ymax. #}
{% macro bound_of(geometry, side) -%}st_{{ side }}({{ geometry }}){%- endmacro %}

{# Rows out of a run of whole numbers from `first` to `last`, both included, for a select list. #}
{% macro rows_between(first, last) -%}unnest(range(cast({{ first }} as bigint), cast({{ last }} as bigint) + 1)){%- endmacro %}
