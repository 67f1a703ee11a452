{# The text by which a question of the survey is known: letters and Chinese characters alone, so that a number before it, blanks
   and brackets do not matter. #}
{% macro question_key(expression) -%}
  lower({{ regexp_replace_all(expression, '[^一-龥A-Za-z]') }})
{%- endmacro %}

{# Word of a grade 1-4. #}
{% macro grade_word(expression) -%}
  case {{ expression }} when 1 then '红' when 2 then '橙' when 3 then '黄' when 4 then '蓝' end
{%- endmacro %}

{# Whether a limit of air binds at a sensitive place, so that an exceedance is somebody's problem: the standard of ambient air does, in
   any version; reference limits (HJ 2.2 annex D and others) do not. #}
{% macro binds_at_sensitive_place(standard_code) -%}
  {{ standard_code }} like 'GB 3095-%'
{%- endmacro %}
