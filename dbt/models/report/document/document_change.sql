{# What changed on a document's list since the previous edition, thing by thing, with the reason: pollutants in D01, sources and sites
   in D02. Names of sites are not public, so their rows are not. #}
with changed as (
    select
        *,
        case object_kind when 'pollutant' then 'D01' else 'D02' end as document_id
    from {{ ref('risk_source_change') }}
)

select
    changed.document_id,
    cast(
        row_number() over (
            partition by changed.document_id order by changed.change asc nulls last, changed.object_id asc nulls last
        ) as integer
    ) as row_no,
    changed.object_id,
    coalesce(site.name, pollutant.name_cn, pollutant.name_en, changed.object_id) as name,
    {{ code_word('changed.change', 'change') }} as change,
    changed.detail,
    coalesce(named.label_cn, changed.reason) as reason,
    changed.previous_edition,
    changed.object_kind,
    case changed.object_kind when 'pollutant' then 'public' else 'government' end as _sensitivity
from changed
left join {{ ref('change_reason') }} as named on named.reason = changed.reason
left join {{ ref('dim_pollutant') }} as pollutant
    on changed.object_kind = 'pollutant' and pollutant.pollutant_id = changed.object_id
left join {{ ref('dim_enterprise') }} as site
    on changed.object_kind <> 'pollutant' and site.enterprise_id = changed.object_id
