select
    cast(
        row_number() over (
            order by warning.distance_to_downgrade asc nulls last, enterprise.name asc nulls last, warning.rule_id asc nulls last
        ) as integer
    ) as row_no,
    warning.enterprise_id,
    warning.rule_id,
    enterprise.name,
    warning.advice,
    {{ code_word('warning.colour_to', 'colour') }} as colour_to
from {{ ref('early_warning') }} as warning
inner join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = warning.enterprise_id
