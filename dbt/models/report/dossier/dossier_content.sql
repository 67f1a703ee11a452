{# The fields of the dossiers of all risk sources, in print order; an empty value is printed as its state. #}
select
    dossier.enterprise_id,
    dossier.section_no,
    dossier.item_no,
    dossier.field,
    cast(
        row_number() over (
            partition by dossier.enterprise_id
            order by
                dossier.section_no asc nulls last,
                dossier.item_no asc nulls last,
                dossier.field_no asc nulls last,
                dossier.field asc nulls last
        ) as integer
    ) as row_no,
    dossier.section,
    dossier.block,
    dossier.block_label,
    dossier.field_no,
    dossier.plain_value,
    dossier.unit,
    coalesce(dossier.value, case dossier.state when 'not_built' then '待建' else '缺' end) as value,
    dossier.source,
    dossier.value_date,
    {{ code_word('dossier.state', 'dossier_state') }} as state
from {{ ref('enterprise_dossier') }} as dossier
inner join {{ ref('risk_source') }} as risk on risk.enterprise_id = dossier.enterprise_id
