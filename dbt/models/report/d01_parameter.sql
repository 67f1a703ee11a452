{# Weights, cuts and draws of the screening, with where each stands. #}
select
    cast(row_number() over (order by used.parameter_id asc nulls last) as integer) as row_no,
    used.parameter_id,
    coalesce(named.label_cn, used.parameter_id) as label_cn,
    {{ parameter_text('used.value') }} as value,
    case used.unit when '1' then null when 'a' then '年' else used.unit end as unit,
    case when used.verified = 'own' then '本项目选定' else used.source_ref end as source_ref,
    {{ code_word('used.verified', 'verified') }} as verified,
    used.used_by
from {{ ref('parameter_used') }} as used
left join {{ ref('parameter') }} as named on named.parameter_id = used.parameter_id
where used.used_by = 'inventory.risk_pollutant' and used.parameter_id like 'screening.%'
