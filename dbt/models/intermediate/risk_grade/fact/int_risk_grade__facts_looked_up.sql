-- Facts that our own marts tell, so that no clerk is asked for them: one row a fact of one object.
select enterprise_id, object, fact, value, cast(null as boolean) as is_true, description, evidence_key, newest_on
from {{ ref('int_risk_grade__register_facts_found') }}
{% for model in ['instrument', 'sampling', 'leak', 'treatment', 'conflict'] -%}
union all
select enterprise_id, object, fact, value, is_true, description, evidence_key, newest_on
from {{ ref('int_risk_grade__' ~ model ~ '_facts_found') }}
{% endfor -%}
