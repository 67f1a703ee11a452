-- Numbers that other platforms give sites, where a number stands for one known site.
select
    known.platform,
    known.platform_no,
    known.enterprise_id,
    {{ origin_cells('platform_enterprise', 'listed', {
        'platform': 'platform', 'platform_no': 'platform_no', 'enterprise_id': 'credit_code'}) }} as _origin
from {{ ref('int_risk_grade__platform_ids_matched') }} as known
inner join {{ ref('stg_platform__enterprises') }} as listed
    on listed.platform = known.platform and listed.platform_no = known.platform_no
qualify
    row_number() over (
        partition by known.platform, known.platform_no
        order by
            listed._file_no desc nulls last,
            listed._row asc nulls last,
            listed._record_id asc nulls last
    ) = 1
