{# Substances: how a name is compared, which units one can have, which toxicity weight a release takes. Not here: which names exist
   (seed pollutant_alias), the alias lookup of the forms (ehpilot/landing). #}

{# A substance's name as it is compared: no blanks, half-width brackets, lower case. #}
{% macro plain_name(column) -%}
    lower(replace(replace({{ regexp_replace_all(column, '\\s') }}, '（', '('), '）', ')'))
{%- endmacro %}

{# Query: substances by their compared name, for records without a CAS number; groups are no substance. #}
{% macro substances_by_plain_name() -%}
    select
        {{ plain_name('alias') }} as plain_name,
        min(pollutant_id) as pollutant_id
    from {{ ref('pollutant_alias') }}
    where {{ regexp_like('pollutant_id', '^[0-9]{2,7}-[0-9]{2}-[0-9]$') }}
    group by {{ plain_name('alias') }}
{%- endmacro %}

{# A unit as it is looked up for a pollutant: a unit of toxic equivalents fits only a pollutant that is a sum of them, any other
   unit fits all; null where it does not fit. One side of an equality, so that the look-up is a hash join: as a condition of its own
   beside the equality it made DuckDB compare every row with every unit. #}
{% macro unit_for_pollutant(unit, pollutant_id) -%}
    case when {{ unit }} not like '%-TEQ%' or {{ pollutant_id }} like '%-TEQ' then {{ unit }} end
{%- endmacro %}

{# The toxicity weight that a release to a medium takes; `medium` stands for emission_medium, `weight` for toxicity_weight. Null = none. #}
{% macro weight_of_medium(medium, weight) -%}
  case {{ medium }}.toxicity_route
        when 'inhalation' then {{ weight }}.inhalation_weight
        when 'oral' then {{ weight }}.oral_weight
        when 'larger' then greatest({{ weight }}.inhalation_weight, {{ weight }}.oral_weight)
    end
{%- endmacro %}

{# Name and per cent of a part of a composition as files write it: `1,2-二氯乙烷 70.2`, `乙烯：20%`, `丙烯（30%）`, `苯5`. #}
{% macro composition_name(part) -%}
    case
        when {{ regexp_like(part, '[一-鿿][0-9.]+\\s*[%％]?$') }} then {{ regexp_replace_all(part, '[0-9.]+\\s*[%％]?$') }}
        else {{ regexp_replace_all(part, '[\\s:：(（]+[0-9.]+\\s*[%％]?[)）]?$') }}
    end
{%- endmacro %}

{% macro composition_percent(part) -%}
    {{ try_double(regexp_replace_all(regexp_replace_all(part, '[\\s%％)）]+$'), '^.*[\\s:：(（一-鿿]')) }}
{%- endmacro %}
