-- What the current scheme measures on the as-of date: one row a site and substance, the most frequent where several bodies measure it. A
-- word for a frequency or an item that nobody knows stays out and is counted (meta.gap).
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
),

alias as (
    select {{ plain_name('alias') }} as plain_name, min(pollutant_id) as pollutant_id
    from {{ ref('pollutant_alias') }}
    group by {{ plain_name('alias') }}
),

item as (
    select
        'S:' || plan.site_id as site_id,
        coalesce(known.pollutant_id, alias.pollutant_id) as pollutant_id,
        word.code as frequency,
        label.sort_no as frequency_order,
        plan.method,
        plan.unit_name,
        plan.valid_from,
        plan.valid_to,
        {{ origin_cells('monitoring_plan', 'plan', {
            'site_id': 'site_id', 'pollutant_id': 'item', 'current_frequency': 'frequency', 'responsible': 'unit_name'}) }} as _origin,
        plan._file_no,
        plan._row,
        plan._record_id
    from {{ ref('stg_monitoring__plans') }} as plan
    cross join build
    inner join {{ ref('crosswalk_code') }} as word
        on word.code_set = 'frequency' and lower(word.word) = lower(trim(plan.frequency))
    inner join {{ ref('code_label') }} as label on label.code_set = 'frequency' and label.code = word.code
    left join {{ ref('dim_pollutant') }} as known on known.pollutant_id = trim(plan.item)
    left join alias on alias.plain_name = {{ plain_name('plan.item') }}
    where
        plan.site_id is not null
        and coalesce(plan.valid_from <= build.as_of, true) and coalesce(plan.valid_to >= build.as_of, true)
)

select
    site_id,
    pollutant_id,
    frequency,
    method,
    unit_name,
    valid_from,
    valid_to,
    _origin
from item
where pollutant_id is not null
qualify
    row_number() over (
        partition by site_id, pollutant_id
        order by
            frequency_order asc nulls last,
            valid_from desc nulls last,
            _file_no desc nulls last,
            _row asc nulls last,
            _record_id asc nulls last
    ) = 1
