{# Our own generic tests (no package hub is reachable). Each returns the rows that break the rule; its use in YAML:
   data_tests: [{in_range: {arguments: {min_value: 0}}}]. Keys of public tables are PRIMARY KEYs of the contract, not tests. #}

{# Model test: the columns together are unique and, unless nulls_allowed, none of them is null. #}
{% test compound_unique(model, columns, nulls_allowed=false) %}
select {{ columns | join(', ') }}, count(*) as rows_of_key
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1
{%- if not nulls_allowed %} or {% for column in columns %}{{ column }} is null{{ ' or ' if not loop.last }}{% endfor %}{% endif %}
{% endtest %}

{# Column test: values lie in [min_value, max_value]; a missing bound is open, null passes; `where` is a SQL condition. #}
{% test in_range(model, column_name, min_value=none, max_value=none, where='true') %}
select {{ column_name }}
from {{ model }}
where ({{ where }})
  and (
    false
    {%- if min_value is not none %} or {{ column_name }} < {{ min_value }}{% endif %}
    {%- if max_value is not none %} or {{ column_name }} > {{ max_value }}{% endif %}
  )
{% endtest %}

{# Column test: every value that is not null and meets `where` stands in the other table's column. #}
{% test relationships_where(model, column_name, to, field, where='true') %}
select child.{{ column_name }}
from (select {{ column_name }} from {{ model }} where {{ column_name }} is not null and ({{ where }})) as child
left join (select distinct {{ field }} as parent_value from {{ to }}) as parent
  on child.{{ column_name }} = parent.parent_value
where parent.parent_value is null
{% endtest %}

{# Column test: the value is a code of the code set (seed code_label, from vocabulary.yml). Null passes. #}
{% test known_code(model, column_name, code_set) %}
select distinct {{ column_name }}
from {{ model }}
where {{ column_name }} is not null
  and {{ column_name }} not in (select code from {{ ref('code_label') }} where code_set = '{{ code_set }}')
{% endtest %}

{# Column test on a list column: every item is a code of the code set. #}
{% test known_codes(model, column_name, code_set) %}
select item
from (select {{ unnest_list(column_name) }} as item from {{ model }}) as items
where item not in (select code from {{ ref('code_label') }} where code_set = '{{ code_set }}')
{% endtest %}

{# Model test: a condition that must hold in every row (null counts as broken). #}
{% test row_condition(model, condition) %}
select * from {{ model }} where not coalesce(({{ condition }}), false)
{% endtest %}

{# Model test: a value lies between percentiles 5 and 95 of its own draws, which are in order; null where nothing was drawn. `unless`: rows
   whose value rightly lies outside, by a condition. Equal in the tenth digit is equal. #}
{% test within_percentiles(model, column, unless='false') %}
select * from {{ model }}
where
  {{ column }}_p05 > {{ column }}_p95
  or (({{ column }} < {{ column }}_p05 * (1 - 1e-9) or {{ column }} > {{ column }}_p95 * (1 + 1e-9)) and not ({{ unless }}))
{% endtest %}
