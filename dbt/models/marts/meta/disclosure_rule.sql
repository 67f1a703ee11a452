{# Rules for small numbers as this edition's documents follow them. #}
select
    rule.column_name,
    rule.subject,
    rule.threshold,
    rule.scope,
    rule.replacement,
    rule.hides,
    {{ origin_seed('disclosure_limit', 'rule', ['column_name', 'subject', 'threshold', 'scope', 'replacement', 'hides']) }}
        as _origin
from {{ seed_rows('disclosure_limit') }} as rule
