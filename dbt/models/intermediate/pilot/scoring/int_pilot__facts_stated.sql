-- Stated facts of the rules' objects; of several days in one year the last counts.
select
    object_code as object_kind,
    object_key as object_id,
    trim(object_id) as object_name,
    trim(fact) as fact,
    year,
    value,
    unit,
    evidence,
    dated_on,
    {{ origin_cells('pilot_fact', 'placed', {'value': 'value', 'fact': 'fact'}) }} as _origin
from {{ ref('int_pilot__facts_placed') }} as placed
where object_code is not null and object_key is not null
qualify
    row_number() over (
        partition by object_code, object_key, trim(fact), year
        order by
            dated_on desc nulls last,
            value is null asc nulls last,
            _file_no asc nulls last,
            _row asc nulls last, _record_id asc nulls last
    ) = 1
