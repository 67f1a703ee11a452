{# Words of codes for documents, from the seed code_label. What belongs here: code → word of one code or of a list of codes.
   Not here: which codes exist (the seed), which code applies (marts). #}

{# Word of one code; the code itself where the seed has none, so that nothing is lost from a page. #}
{% macro code_word(expression, code_set) -%}
  coalesce((
    select min(label.label_cn) from {{ ref('code_label') }} as label
    where label.code_set = '{{ code_set }}' and label.code = {{ expression }}
  ), {{ expression }})
{%- endmacro %}

{# What a seed of accounting says in English, in the manual's Chinese; the text itself where it needs none. #}
{% macro manual_phrase(expression) -%}
  coalesce((
    select min(known.phrase_cn) from {{ ref('manual_phrase') }} as known
    where known.phrase = {{ expression }}
  ), {{ expression }})
{%- endmacro %}

{# Number of an outlet as printed: the site's virtual outlets in words. #}
{% macro outlet_word(expression) -%}
  case {{ expression }} when 'fugitive' then '无组织' when 'site' then '全厂' when 'unknown' then '未指明' else {{ expression }} end
{%- endmacro %}

{# Words of codes that are joined by + (LEGAL-NAME+PLACE), in the order of their set; the text itself where none is known. #}
{% macro joined_code_words(expression, code_set) -%}
  coalesce((
    select {{ listagg_text('label.label_cn', '、', 'label.sort_no') }}
    from {{ ref('code_label') }} as label
    where label.code_set = '{{ code_set }}' and '+' || {{ expression }} || '+' like '%+' || label.code || '+%'
  ), {{ expression }})
{%- endmacro %}

{# A unit that the seeds write in plain letters, as it is printed: (ug/m3)-1 → (μg/m³)⁻¹, mg/(kg.d) → mg/(kg·d). #}
{% macro printed_unit(expression) -%}
  replace(
    replace(replace(replace(replace(replace({{ expression }}, 'ug', 'μg'), 'm3', 'm³'), 'm2', 'm²'), 'kg.d', 'kg·d'), ')-1', ')⁻¹'),
    '/shift', '/班'
  )
{%- endmacro %}

{# A text of the seeds with the brackets of Chinese type: 2A (三价锑) → 2A（三价锑）. #}
{% macro chinese_brackets(expression) -%}
  replace(replace(replace({{ expression }}, ' (', '（'), '(', '（'), ')', '）')
{%- endmacro %}

{# Words alone of a list of codes, joined by a comma of Chinese lists; null for an empty list. #}
{% macro code_words_only(list_expression, code_set) -%}
  (
    select {{ listagg_text('label.label_cn', '、', 'label.code') }}
    from {{ ref('code_label') }} as label
    where label.code_set = '{{ code_set }}' and {{ list_has(list_expression, 'label.code') }}
  )
{%- endmacro %}

{# What is left before a rule of the code fires, as advice and letters print it: shares as percentage points. #}
{% macro warning_number(distance, unit) -%}
  {{ number_text("round_even(case " ~ unit ~ " when 'share' then 100 else 1 end * " ~ distance ~ ", 3)") }}
{%- endmacro %}

{# A number in words of a card: so many significant digits, below a thousandth and from a hundred thousand on as a power of ten. #}
{% macro printed_number(expression, digits) -%}
  {%- set exponent = 'cast(floor(log10(abs(' ~ expression ~ '))) as integer)' -%}
  {%- set mantissa = 'cast(round_even(' ~ expression ~ ' / power(10, ' ~ exponent ~ '), ' ~ (digits - 1) ~ ') as double)' -%}
  case
    when {{ expression }} = 0 then '0'
    when abs({{ expression }}) < 0.001 or abs({{ expression }}) >= 100000
      then {{ regexp_replace_all(to_text(mantissa), '\\.0$') }} || '×10' || translate({{ to_text(exponent) }}, '-0123456789', '⁻⁰¹²³⁴⁵⁶⁷⁸⁹')
    else {{ significant_text(expression, digits) }}
  end
{%- endmacro %}

{# A date as letters write it: 2026年3月1日; null where it is. #}
{% macro date_cn(expression) -%}
  ({{ to_text('year(' ~ expression ~ ')') }} || '年' || {{ to_text('month(' ~ expression ~ ')') }} || '月' || {{ to_text('day(' ~ expression ~ ')') }} || '日')
{%- endmacro %}

{# A period word (2026, 2026Q1, 2026-03) as documents write it; other texts as they are. #}
{% macro period_cn(expression) -%}
  case
    when {{ expression }} like '____Q_' then substr({{ expression }}, 1, 4) || '年第' || substr({{ expression }}, 6) || '季度'
    when {{ expression }} like '____-__' then substr({{ expression }}, 1, 4) || '年' || ltrim(substr({{ expression }}, 6), '0') || '月'
    when length({{ expression }}) = 4 then {{ expression }} || '年'
    else {{ expression }}
  end
{%- endmacro %}

{# A whole number up to a hundred in Chinese characters, as articles of a rule write it (四十, 百分之五十); others in digits. #}
{% macro number_cn(expression) -%}
  {%- set n = 'cast(round(' ~ expression ~ ') as integer)' -%}
  {%- set digits = "'一二三四五六七八九'" -%}
  case
    when {{ expression }} is null then null
    when {{ n }} = 100 then '一百'
    when {{ n }} between 1 and 99 then
      case when {{ n }} >= 20 then substr({{ digits }}, cast(floor({{ n }} / 10.0) as integer), 1) || '十' when {{ n }} >= 10 then '十' else '' end
      || case when {{ n }} % 10 > 0 then substr({{ digits }}, {{ n }} % 10, 1) else '' end
    else {{ to_text(n) }}
  end
{%- endmacro %}

{# An amount of yuan before the word 元, from ten thousand on in 万: 50万, 9500. #}
{% macro yuan_cn(expression) -%}
  case
    when {{ expression }} >= 10000 then {{ number_text(expression ~ ' / 10000') }} || '万'
    else {{ number_text(expression) }}
  end
{%- endmacro %}

{# Articles of the code one after the other, its title once: 《法典》第一条；《法典》第二条 → 《法典》第一条、第二条. They stand together in
   the text, for articles are listed by id. #}
{% macro articles_together(expression) -%}
  {%- set title = '《中华人民共和国生态环境法典》' -%}
  {%- set from_code = 'position(\'' ~ title ~ '\' in ' ~ expression ~ ')' -%}
  case
    when {{ from_code }} > 0
      then
        substr({{ expression }}, 1, {{ from_code }} + {{ title | length - 1 }})
        || replace(substr({{ expression }}, {{ from_code }} + {{ title | length }}), '；{{ title }}', '、')
    else {{ expression }}
  end
{%- endmacro %}

{# An equation of a seed, written for machines, as it is printed: signs of multiplication, sums, Greek letters, powers of ten. #}
{% macro printed_equation(expression) -%}
  {%- set written = namespace(text=expression) -%}
  {%- for plain, sign in [
      ('sum(', '∑('), ('eta', 'η'), ('rho', 'ρ'), ('log_mean', 'ln平均'), ('*1e-6', '×10⁻⁶'), ('*1e-3', '×10⁻³'), ('*', '·'),
      (' - ', ' − ')
  ] -%}
  {%- set written.text = "replace(" ~ written.text ~ ", '" ~ plain ~ "', '" ~ sign ~ "')" -%}
  {%- endfor -%}
  {{ written.text }}
{%- endmacro %}

{# Where people live, as a reader says it: 乡 of the forms is 乡村, 城 is 城镇; a word that no form uses stays. #}
{% macro residence_word(expression) -%}
  coalesce((
    select min(label.label_cn)
    from {{ ref('crosswalk_code') }} as word
    inner join {{ ref('code_label') }} as label on label.code_set = word.code_set and label.code = word.code
    where word.code_set = 'urban_rural' and word.word = trim({{ expression }})
  ), {{ expression }})
{%- endmacro %}

{# A stratum of a survey, street（kind of village）, with the kind as a reader says it. #}
{% macro stratum_word(expression) -%}
  coalesce((
    select min(replace({{ expression }}, '（' || word.word || '）', '（' || label.label_cn || '）'))
    from {{ ref('crosswalk_code') }} as word
    inner join {{ ref('code_label') }} as label on label.code_set = word.code_set and label.code = word.code
    where word.code_set = 'urban_rural' and {{ expression }} like '%（' || word.word || '）'
  ), {{ expression }})
{%- endmacro %}

{# A group or margin of a survey as a reader says it. Bands of age are of whole years, both ends within: 35–44岁. #}
{% macro survey_group_word(kind, value) -%}
  case {{ kind }}
    when 'urban_rural' then {{ residence_word(value) }}
    when 'age_band' then replace({{ value }}, '-', '–') || '岁'
    else {{ value }}
  end
{%- endmacro %}

{# Place of a level of schooling from the lowest on; other words have the same place. #}
{% macro schooling_place(expression) -%}
  case
    {% for word in ['小学', '初中', '高中', '大专', '本科'] -%}
    when {{ expression }} like '%{{ word }}%' then {{ loop.index }}
    {% endfor -%}
    else 0
  end
{%- endmacro %}

{# A change in percentage points as printed with one place: what is no tenth is 0.0. A page prints what is below its last place as
   <0.1 or by its first digit, which is right of an amount that is there and wrong of a change that is not. #}
{% macro change_pct(share) -%}
  case when abs(100 * {{ share }}) < 0.05 then 0.0 else 100 * {{ share }} end
{%- endmacro %}

{# Evidence as an office names it: files without their folders and kinds; words, and slashes between them, as they stand. #}
{% macro evidence_word(expression) -%}
  {%- set kind = '[.][A-Za-z][A-Za-z0-9]{1,4}($|[；、，;,])' -%}
  case
    when {{ regexp_like('trim(' ~ expression ~ ')', kind) }}
      then {{ regexp_replace_all(regexp_replace_all('trim(' ~ expression ~ ')', '[^；、，;,]*[/\\\\]'), kind, '\\1') }}
    else trim({{ expression }})
  end
{%- endmacro %}
