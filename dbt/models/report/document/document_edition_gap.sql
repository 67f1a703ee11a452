{# Gaps of the edition (meta.gap) that the figures of a document rest on, in Chinese, a kind with one effect in one row. Not here: all that
   an edition lacks (meta.gap, the evidence annex), gaps of the inventory beside its list (document_gap). #}
{%- set kinds = {
    'D03': [
        'SITE-NO-PLACE', 'RESULT-UNIT', 'RESULT-MEDIUM', 'RESULT-TWO-MEDIA', 'NONDETECT-OPEN', 'ANIMAL-KIND', 'REFERENCE-OXYGEN',
        'CONTROL-UNSTATED',
    ],
    'D04': ['DISPERSION', 'OEL', 'WORKSHOP'],
} -%}
with

lacking as (
    select
        gap_id,
        {{ regexp_replace_all('gap_id', ':.*$') }} as gap_kind,
        {{ regexp_replace_all('subject', ' / .*$') }} as subject,
        {{ regexp_replace_all('missing', ' / [^（]*') }} as missing,
        {{ regexp_replace_all('effect', ' / .*$') }} as effect
    from {{ ref('gap') }}
),

printed as (
    {% for document_id, listed in kinds.items() %}
    select
        '{{ document_id }}' as document_id,
        lacking.*,
        case when lacking.gap_kind = 'DISPERSION' then lacking.gap_id else '' end as alone
    from lacking
    where lacking.gap_kind in ('{{ listed | join("', '") }}')
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    printed.document_id,
    min(printed.gap_id) as gap_id,
    case when printed.alone = '' then min(label.label_cn) else min(printed.subject) end as subject,
    case when count(distinct printed.missing) = 1 then min(printed.missing) else '各点位不同，见证据附录' end as missing,
    printed.effect,
    cast(case when printed.alone = '' then count(*) end as integer) as item_count
from printed
inner join {{ ref('code_label') }} as label on label.code_set = 'gap_kind' and label.code = printed.gap_kind
group by printed.document_id, printed.gap_kind, printed.alone, printed.effect
