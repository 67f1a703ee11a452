{# How good a place is, from the loader's flags (codes location_quality). `longitude`: SQL expression of the column.
   A place that lay outside was loaded without coordinates; one that was swapped or offset has been put right. #}
{% macro location_quality(flags, longitude) -%}
  case
    when {{ list_has(flags, "'XY-OUTSIDE'") }} then 'outside'
    when {{ longitude }} is null then 'missing'
    when {{ list_has(flags, "'XY-SWAPPED'") }} then 'swapped_repaired'
    when {{ list_has(flags, "'XY-OFFSET'") }} then 'offset_repaired'
    else 'reported'
  end
{%- endmacro %}

{# Order in which an area of each kind names the area_id of a point that lies in several: the narrowest that a table by area
   is asked for. Villages come after rings because tables by area are printed by park, street and ring. #}
{% macro area_rank(area_kind) -%}
  case {{ area_kind }}
    when 'park' then 1 when 'street' then 2 when 'park_ring_3km' then 3 when 'village' then 4 when 'area' then 5 else 6
  end
{%- endmacro %}

{# Great-circle metres between two points in degrees (haversine, mean radius 6 371 008.8 m); null where one is null, which
   must be asked: `least` leaves nulls out, and half the circumference of the earth would be the distance. #}
{% macro metres_between(lon1, lat1, lon2, lat2) -%}
  case when {{ lon1 }} + {{ lat1 }} + {{ lon2 }} + {{ lat2 }} is not null then
    2 * 6371008.8 * asin(least(1.0, sqrt(
      power(sin(radians({{ lat2 }} - {{ lat1 }}) / 2), 2)
      + cos(radians({{ lat1 }})) * cos(radians({{ lat2 }})) * power(sin(radians({{ lon2 }} - {{ lon1 }}) / 2), 2)
    )))
  end
{%- endmacro %}

{# Metres between two points in degrees as `ehpilot.kernels.surroundings` measures them, so that a printed distance is that
   of the lists: the straight distance of geocentric points on GRS80 as an arc of the mean sphere. #}
{% macro surface_metres_between(lon1, lat1, lon2, lat2) -%}
  {%- set parts = [] -%}
  {%- for lon, lat in [(lon1, lat1), (lon2, lat2)] -%}
    {%- set normal = '(6378137.0 / sqrt(1 - 0.00669438002290 * power(sin(radians(' ~ lat ~ ')), 2)))' -%}
    {%- do parts.append([
      normal ~ ' * cos(radians(' ~ lat ~ ')) * cos(radians(' ~ lon ~ '))',
      normal ~ ' * cos(radians(' ~ lat ~ ')) * sin(radians(' ~ lon ~ '))',
      normal ~ ' * (1 - 0.00669438002290) * sin(radians(' ~ lat ~ '))',
    ]) -%}
  {%- endfor -%}
  2 * 6371008.8 * asin(least(1.0, sqrt(
    {%- for axis in range(3) %}
      power({{ parts[0][axis] }} - {{ parts[1][axis] }}, 2){{ ' +' if not loop.last }}
    {%- endfor %}
  ) / (2 * 6371008.8)))
{%- endmacro %}
