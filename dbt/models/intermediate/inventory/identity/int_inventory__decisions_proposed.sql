{# Merges that wait for a clerk, as rows ready for decisions/*.csv: one a source key whose candidate scored between the two
   thresholds, or over the upper one against two sites. #}
select
    'P-' || {{ id16(["'merge'", 'source', 'source_key', 'candidate_id']) }} as decision_id,
    'merge' as kind,
    source || ':' || source_key as object,
    candidate_id as value,
    cast(null as {{ type_string() }}) as role,
    cast(null as date) as date,
    rule || ' ' || {{ to_text('match_score') }} as reason,
    cast(null as date) as valid_until
from {{ ref('int_inventory__enterprise_matched') }}
where status = 'queue'
