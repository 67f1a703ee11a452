{# Sections 0 (confidence), 10, 16 (conflicts) and 17: what the screening says of the site, where registers contradict each other, and what
   changed since the previous edition. They rest on tables that read the completeness of the dossier, so they are not counted in it. #}
with

reason as (
    select enterprise_id, {{ unnest_list('reason_codes') }} as reason_code
    from {{ ref('risk_source') }}
),

reason_text as (
    select
        reason.enterprise_id,
        {{ listagg_text('coalesce(label.label_cn, reason.reason_code)', '、', 'label.sort_no') }} as reasons
    from reason
    {{ code_label_join('label', 'source_reason', 'reason.reason_code') }}
    group by reason.enterprise_id
),

screening as (
    select
        source.enterprise_id,
        'site' as item_key,
        1 as item_rank,
        {{ significant_text('source.score', 4) }} as score,
        {{ to_text('source.rank') }} as rank,
        {{ to_text('source.rank_low') }} || '–' || {{ to_text('source.rank_high') }} as rank_band,
        coalesce(band.label_cn, source.band) as band,
        case when source.is_high_risk then '是' when not source.is_high_risk then '否' end as is_high_risk,
        nullif({{ list_text('source.key_pollutants', '、') }}, '') as key_pollutants,
        reason_text.reasons,
        coalesce(confidence.label_cn, source.confidence) as confidence,
        cast(null as {{ type_string() }}) as source,
        cast(null as integer) as file_no,
        source.as_of as value_date,
        'derived' as state,
        source.enterprise_id as parent_key
    from {{ ref('risk_source') }} as source
    {{ code_label_join('band', 'band_and_confidence', 'source.band') }}
    {{ code_label_join('confidence', 'band_and_confidence', 'source.confidence') }}
    left join reason_text on reason_text.enterprise_id = source.enterprise_id
),

cover as (
    select enterprise_id, 'cover' as item_key, item_rank, confidence, source, file_no, value_date, state, parent_key from screening
),

conflict as (
    select
        conflict.enterprise_id,
        conflict.attribute as item_key,
        row_number() over (partition by conflict.enterprise_id order by conflict.attribute asc nulls last) as item_rank,
        coalesce(
            max(case when conflict.attribute = 'place' then '坐标' end),
            max(field.label),
            concat_ws(
                ' ', '排放量', max(coalesce(pollutant.name_cn, conflict.pollutant_id)), max(medium.label_cn),
                {{ to_text('max(conflict.year)') }}
            ),
            conflict.attribute
        ) as attribute,
        {{ listagg_text(
            "coalesce(source.label_cn, conflict.source) || ' ' || coalesce(conflict.value, '—')", '；', 'conflict.source') }} as values_text,
        max(case when conflict.chosen then coalesce(source.label_cn, conflict.source) end) as chosen,
        cast(null as {{ type_string() }}) as source,
        cast(null as integer) as file_no,
        max(build.as_of) as value_date,
        'derived' as state,
        {{ row_key(['conflict.enterprise_id', 'conflict.attribute', 'min(conflict.source)']) }} as parent_key
    from {{ ref('source_conflict') }} as conflict
    cross join {{ source('intake', 'build') }} as build
    left join
        {{ ref('dossier_block_field') }} as field
        on
            field.block = 'site'
            and field.attribute = case conflict.attribute when 'place' then 'longitude' else conflict.attribute end
    left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = conflict.pollutant_id
    {{ code_label_join('source', 'source', 'conflict.source') }}
    {{ code_label_join('medium', 'medium_of_emission', 'conflict.medium') }}
    group by conflict.enterprise_id, conflict.attribute
),

change as (
    select
        change.object_id as enterprise_id,
        change.object_kind as item_key,
        row_number() over (partition by change.object_id order by change.object_kind desc nulls last) as item_rank,
        label.label_cn as change,
        change.detail,
        reason.label_cn as reason,
        cast(null as {{ type_string() }}) as source,
        cast(null as integer) as file_no,
        build.as_of as value_date,
        'derived' as state,
        {{ row_key(['change.object_kind', 'change.object_id']) }} as parent_key
    from {{ ref('risk_source_change') }} as change
    cross join {{ source('intake', 'build') }} as build
    left join {{ ref('change_reason') }} as reason on reason.reason = change.reason
    {{ code_label_join('label', 'change', 'change.change') }}
    where change.object_kind in ('source', 'site') and change.change <> 'removed'
)

{{ dossier_of_table('cover', 'cover', 'inventory.risk_source', {'confidence': 'confidence'}) }}
union all
{{ dossier_of_table('screening', 'screening', 'inventory.risk_source', {
    'score': 'score', 'rank': 'rank', 'rank_band': 'rank_low', 'band': 'band', 'is_high_risk': 'is_high_risk',
    'key_pollutants': 'key_pollutants', 'reasons': 'reason_codes'}) }}
union all
{{ dossier_of_table('conflict', 'conflict', 'inventory.source_conflict', {
    'attribute': 'attribute', 'values_text': 'value', 'chosen': 'chosen'}) }}
union all
{{ dossier_of_table('change', 'change', 'inventory.risk_source_change', {
    'change': 'change', 'detail': 'detail', 'reason': 'reason'}) }}
