{# Sections 0, 16 and 18: the cover, the registers that know the site, what is missing, and what the enterprise said of it. #}
with

value_count as (
    select
        enterprise_id,
        block,
        field,
        count(plain_value) as value_count
    from {{ ref('int_inventory__dossier_basics_unioned') }}
    group by enterprise_id, block, field
),

basic as (
    select
        unioned.enterprise_id,
        unioned.field_id,
        unioned.state,
        nullif(field.attribute, '') as attribute
    from {{ ref('int_inventory__dossier_basics_unioned') }} as unioned
    inner join {{ ref('dossier_block_field') }} as field on field.block = unioned.block and field.field = unioned.field
),

cover as (
    select
        enterprise.enterprise_id,
        'cover' as item_key,
        1 as item_rank,
        enterprise.enterprise_id as dossier_no,
        '第' || {{ to_text('build.edition_no') }} || '版' as edition_no,
        {{ to_text('build.as_of') }} as as_of,
        {{ number_text('cast(round_even(100.0 * completeness.filled_share, 1) as double)') }} as filled_share,
        cast(null as {{ type_string() }}) as source,
        cast(null as integer) as file_no,
        build.as_of as value_date,
        'derived' as state,
        enterprise.enterprise_id as parent_key
    from {{ ref('dim_enterprise') }} as enterprise
    cross join {{ source('intake', 'build') }} as build
    left join
        {{ ref('int_inventory__dossier_completeness_measured') }} as completeness
        on completeness.enterprise_id = enterprise.enterprise_id
),

register as (
    select
        enterprise_match.enterprise_id,
        enterprise_match.source || '|' || enterprise_match.source_key as item_key,
        row_number() over (
            partition by enterprise_match.enterprise_id
            order by enterprise_match.source asc nulls last, enterprise_match.source_key asc nulls last
        ) as item_rank,
        coalesce(label.label_cn, enterprise_match.source) as register,
        replace(enterprise_match.source_key, 'name:', '名称：') as source_key,
        {{ joined_code_words('enterprise_match.rule', 'match_rule') }} as rule,
        {{ number_text('enterprise_match.match_score') }} as score,
        coalesce(status_label.label_cn, enterprise_match.status) as status,
        enterprise_match.source,
        {{ origin_any_file_no('enterprise_match._origin') }} as file_no,
        build.as_of as value_date,
        'derived' as state,
        {{ row_key(['enterprise_match.source', 'enterprise_match.source_key']) }} as parent_key
    from {{ ref('enterprise_match') }} as enterprise_match
    cross join {{ source('intake', 'build') }} as build
    {{ code_label_join('label', 'source', 'enterprise_match.source') }}
    {{ code_label_join('status_label', 'match_status', 'enterprise_match.status') }}
    where enterprise_match.enterprise_id not like '%-000'
),

lacking as (
    select
        enterprise.enterprise_id,
        block.block_label as item_key,
        row_number() over (
            partition by enterprise.enterprise_id
            order by block.section_no asc nulls last, block.block_no asc nulls last
        ) as item_rank,
        block.block_label || '：' || {{ listagg_text('field.label', '、', 'field.field_no') }} as gap,
        cast(null as {{ type_string() }}) as source,
        cast(null as integer) as file_no,
        max(build.as_of) as value_date,
        'derived' as state,
        enterprise.enterprise_id as parent_key
    from {{ ref('dim_enterprise') }} as enterprise
    cross join {{ source('intake', 'build') }} as build
    cross join {{ ref('dossier_block_field') }} as field
    inner join {{ ref('dossier_block') }} as block on block.block = field.block
    left join
        value_count as present
        on
            present.enterprise_id = enterprise.enterprise_id
            and present.block = field.block
            and present.field = field.field
    where field.is_counted and coalesce(present.value_count, 0) = 0
    group by enterprise.enterprise_id, block.block_label, block.section_no, block.block_no
),

opinion as (
    select
        correction.enterprise_id,
        coalesce(correction.field_id, correction.field_label) as item_key,
        row_number() over (
            partition by correction.enterprise_id
            order by
                correction.confirmed_on desc nulls last,
                correction._file_no asc nulls last,
                correction._row asc nulls last,
                correction._record_id asc nulls last
        ) as item_rank,
        correction.field_label as field,
        correction.old_value,
        correction.new_value,
        correction.evidence,
        case
            when correction.new_value is null and correction.old_value is null then '未填写'
            when correction.new_value is null then '同意'
            when basic.state = 'verified' and basic.attribute is not null then '已更正，已采用'
            when basic.state = 'verified' then '已更正（档案），清单未改'
            else '未能采用：字段或值无法对应'
        end as outcome,
        'site_survey' as source,
        correction.confirmed_on as value_date,
        'reported' as state,
        {{ provenance('correction') }}
    from {{ ref('int_inventory__corrections_matched') }} as correction
    left join basic on basic.enterprise_id = correction.enterprise_id and basic.field_id = correction.field_id
    where correction.is_newest
)

{{ dossier_of_table('cover', 'cover', 'core.dim_enterprise', {
    'dossier_no': 'enterprise_id', 'edition_no': '', 'as_of': '', 'filled_share': ''}) }}
union all
{{ dossier_of_table('register', 'register', 'inventory.enterprise_match', {
    'register': 'source', 'source_key': 'source_key', 'rule': 'rule', 'score': 'match_score', 'status': 'status'}) }}
union all
{{ dossier_of_table('lacking', 'gap', 'core.dim_enterprise', {'gap': ''}) }}
union all
{{ dossier_of_record('opinion', 'opinion', 'site_survey_correction', {
    'field': 'field', 'old_value': 'old_value', 'new_value': 'new_value', 'evidence': 'evidence', 'outcome': 'new_value'}) }}
