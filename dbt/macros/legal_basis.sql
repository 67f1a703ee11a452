{# Articles of law as rules and measures cite them. Not here: which rule rests on which article (seeds). #}

{# Whether an article was in force on a day; a doubtful one is never cited. `basis`: alias of the seed legal_basis. #}
{% macro is_in_force(basis, day) -%}
  ({{ basis }}.valid_from is null or {{ basis }}.valid_from <= {{ day }})
    and ({{ basis }}.valid_to is null or {{ basis }}.valid_to >= {{ day }})
    and {{ basis }}.verified <> 'doubtful'
{%- endmacro %}

{# Articles of a group in words, those not yet verified marked. `basis`: alias of the seed legal_basis. #}
{% macro articles_cited(basis) -%}
  {{ listagg_text(
      "'《' || " ~ basis ~ ".title || '》' || coalesce(" ~ basis ~ ".article, '') || case when " ~ basis
      ~ ".verified = 'yes' then '' else '（待核）' end", '；', basis ~ '.basis_id') }}
{%- endmacro %}
