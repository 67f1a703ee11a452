-- Codes that other platforms gave (环保绿码), beside our own code of today. The newest of each platform and site is marked.
select
    known.platform,
    known.enterprise_id,
    code.coded_at as seen_at,
    word.code as colour,
    code.reason,
    row_number() over (partition by known.platform, known.enterprise_id order by code.coded_at desc nulls last) = 1 as is_latest,
    health.colour as health_colour,
    health.grade as health_grade,
    {{ origin_cells('platform_code', 'code', {'seen_at': 'coded_at', 'colour': 'colour', 'reason': 'reason'}) }} as _origin
from {{ ref('stg_platform__codes') }} as code
inner join {{ ref('int_risk_grade__platform_ids_matched') }} as known
    on known.platform_no = code.platform_no and (known.platform = code.platform or (code.platform is null and known.is_number_of_one))
left join {{ ref('crosswalk_code') }} as word on word.code_set = 'colour' and lower(word.word) = lower(trim(code.colour_word))
left join {{ ref('risk_code') }} as health on health.enterprise_id = known.enterprise_id
where code.coded_at is not null
qualify
    row_number() over (
        partition by known.platform, known.enterprise_id, code.coded_at
        order by
            code._file_no desc nulls last,
            code._row asc nulls last,
            code._record_id asc nulls last
    ) = 1
