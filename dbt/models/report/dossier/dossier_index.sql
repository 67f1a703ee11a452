{# One dossier a risk source, in the order of the list. `content_hash` changes when anything that the dossier prints does. #}
with

content as (
    select
        enterprise_id,
        {{ sha256_hex(listagg_text(row_key(['section', 'field', 'value', 'source', 'value_date', 'state']), '/', 'row_no')) }}
            as content_hash
    from {{ ref('dossier_content') }}
    group by enterprise_id
)

select
    list.row_no,
    list.enterprise_id,
    list.dossier_no,
    list.name,
    list.credit_code,
    list.park_name,
    list.industry,
    list.grade,
    list.rank_band,
    list.confidence,
    list.updated_on,
    {{ sha256_hex(row_key([
        'content.content_hash', 'list.name', 'list.grade', 'list.rank_band', 'list.reasons', 'list.score', 'list.confidence'
    ])) }} as content_hash
from {{ ref('d02_source') }} as list
left join content on content.enterprise_id = list.enterprise_id
