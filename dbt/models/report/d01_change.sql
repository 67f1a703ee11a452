{# What changed on the list of pollutants since the previous edition, thing by thing, with the reason. #}
select
    cast(
        row_number() over (order by changed.change asc nulls last, changed.object_id asc nulls last) as integer
    ) as row_no,
    changed.object_id,
    coalesce(pollutant.name_cn, pollutant.name_en, changed.object_id) as name_cn,
    {{ code_word('changed.change', 'change') }} as change,
    changed.detail,
    coalesce(named.label_cn, changed.reason) as reason,
    changed.previous_edition,
    changed.object_kind
from {{ ref('risk_source_change') }} as changed
left join {{ ref('change_reason') }} as named on named.reason = changed.reason
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = changed.object_id
where changed.object_kind = 'pollutant'
