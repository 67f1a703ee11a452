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

{# A query: of each row of a seed, by its `key`, the articles it rests on (`legal_basis_id`) that are in force on the as-of date. #}
{% macro articles_of_seed(seed, key) -%}
    select
        rule.{{ key }},
        {{ articles_cited('basis') }} as legal_basis
    from {{ ref(seed) }} as rule
    cross join (select max(as_of) as as_of from {{ source('intake', 'build') }}) as build
    inner join {{ ref('legal_basis') }} as basis
        on {{ list_has(text_to_list('rule.legal_basis_id'), 'basis.basis_id') }}
    where {{ is_in_force('basis', 'build.as_of') }}
    group by rule.{{ key }}
{%- endmacro %}
