-- Facts of sites that a clerk stated in supervision/事实, the newest of each.
select
    enterprise_id,
    fact,
    value,
    is_true,
    description,
    evidence_key,
    dated_on
from {{ ref('int_risk_grade__facts_read') }}
where lack is null
qualify
    row_number() over (
        partition by enterprise_id, fact
        order by
            dated_on desc nulls last,
            _file_no desc nulls last,
            _row asc nulls last,
            _record_id asc nulls last
    ) = 1
