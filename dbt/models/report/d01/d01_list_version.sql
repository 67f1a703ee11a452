select
    version.list_code,
    list_name,
    issued_by,
    effective_date,
    case list_status
        when 'current' then '现行'
        when 'draft' then '征求意见稿'
        when 'incomplete' then '条目不全'
        else list_status
    end as list_status,
    case when decides then '是' else '否，仅供参考' end as decides,
    entries_known,
    entries_total,
    version.source,
    {{ code_word('version.verified', 'verified') }} as verified
from {{ ref('list_version') }} as version
order by version.list_code asc nulls last
