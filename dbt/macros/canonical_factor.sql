{# Factor from a stated unit to the canonical one. `conversion` and `mass_unit` are aliases of unit_conversion (the stated unit;
   ug/m3). A mole fraction in ppb times molar mass over molar volume is ug/m3; it needs columns molar_mass_g_mol
   and litre_per_mol in scope, and stays null without a molar mass. #}
{% macro canonical_factor(conversion, mass_unit) -%}
  case
    when {{ conversion }}.quantity = 'mole_fraction'
      then {{ conversion }}.factor * molar_mass_g_mol / litre_per_mol * {{ mass_unit }}.factor
    else {{ conversion }}.factor
  end
{%- endmacro %}
