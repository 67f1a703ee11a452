select
    cast(
        row_number() over (order by result_use.used_at asc nulls last, result_use.case_id asc nulls last) as integer
    ) as row_no,
    result_use.case_id,
    result_use.used_at,
    result_use.kind,
    coalesce(site.name, result_use.enterprise_name) as enterprise_name,
    result_use.description,
    result_use.effect,
    {{ evidence_word('result_use.evidence') }} as evidence
from {{ ref('result_use') }} as result_use
left join {{ ref('dim_enterprise') }} as site on site.enterprise_id = result_use.enterprise_id
