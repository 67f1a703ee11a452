{# Factor from a stated unit to the canonical one. `conversion` is an alias of unit_conversion for the stated unit, `mass_unit` one for
   the unit that a part in 10^9 becomes in the medium: ug/m3 in air, where ppb is a mole fraction (times molar mass over molar
   volume; null without a molar mass), ug/L in water and ug/kg in solids, where ppm and ppb are by mass. Columns
   medium, molar_mass_g_mol and litre_per_mol must be in scope. #}
{% macro canonical_factor(conversion, mass_unit) -%}
  case
    when {{ conversion }}.quantity = 'mole_fraction' and {{ mass_unit }}.quantity <> 'air_concentration'
      then {{ conversion }}.factor * {{ mass_unit }}.factor
    when {{ conversion }}.quantity = 'mole_fraction'
      then {{ conversion }}.factor * molar_mass_g_mol / litre_per_mol * {{ mass_unit }}.factor
    else {{ conversion }}.factor
  end
{%- endmacro %}

{# The unit that a part in 10^9 becomes in a medium of the environment; a station that states no medium measures air; else null
   where the medium is unknown: by mole or by mass is not known either. #}
{% macro part_per_billion_unit(medium, source_kind) -%}
  case
    when {{ medium }} in ('surface_water', 'sea_water', 'groundwater', 'drinking_water', 'waste_water') then 'ug/L'
    when {{ medium }} in ('soil', 'sediment', 'biota') then 'ug/kg'
    when {{ medium }} is not null or {{ source_kind }} = 'station' then 'ug/m3'
  end
{%- endmacro %}

{# False where a substance cannot be told in a quantity: a number of pieces or germs is no concentration of a substance, one by volume of
   water none of air, and the other way round. An unknown unit has no quantity and no factor either. #}
{% macro quantity_fits(quantity, medium, pollutant_id) -%}
  coalesce(not (
    ({{ quantity }} in ('microbe_count', 'algae_count', 'microbe', 'pieces') and {{ regexp_like(pollutant_id, '^[0-9]{2,7}-[0-9]{2}-[0-9]$') }})
    or ({{ quantity }} = 'water_concentration' and {{ medium }} in ('ambient_air', 'fugitive', 'workplace_air', 'waste_gas'))
    or (
      {{ quantity }} in ('air_concentration', 'stack_gas_concentration')
      and {{ medium }} in ('surface_water', 'sea_water', 'groundwater', 'drinking_water', 'waste_water')
    )
  ), true)
{%- endmacro %}
