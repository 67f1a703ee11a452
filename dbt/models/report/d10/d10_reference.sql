-- Factors that were published before: recommended where none could be derived, each with how far it was checked.
select
    cast(row_number() over (
        order by reference.process_id asc nulls last, reference.pollutant_id asc nulls last, reference.factor_id asc nulls last,
            reference.version asc nulls last
    ) as integer) as row_no,
    reference.factor_id,
    reference.version,
    process.name_cn as process,
    {{ manual_phrase('reference.product') }} as product,
    coalesce({{ code_word('reference.stage', 'stage_of_process') }}, '全装置') as stage,
    coalesce(pollutant.name_cn, {{ manual_phrase('reference.pollutant_id') }}) as pollutant,
    coalesce({{ code_word('reference.control_state', 'control_state') }}, '未说明') as control_state,
    reference.factor,
    reference.factor_low,
    reference.factor_high,
    reference.unit,
    reference.rating,
    {{ manual_phrase('reference.region') }} as region,
    {{ manual_phrase('reference.source') }} as source,
    {{ code_word('reference.verified', 'verified') }} as verified
from {{ ref('reference_factor') }} as reference
left join {{ ref('dim_process') }} as process on process.process_id = reference.process_id
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = reference.pollutant_id
