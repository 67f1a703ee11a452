{# How far the sources of one number (a release of the assessment year, the head count) are apart, the largest over the smallest. A stated 0
   beside a figure is further apart than any factor. What a confirmation sheet settled is a fact that meets no rule. Only numbers on which
   sources differ have a row. #}
with

figure as (
    select
        conflict.enterprise_id,
        conflict.attribute,
        case
            when conflict.pollutant_id is null then conflict.attribute
            else 'emission_t|' || conflict.pollutant_id || '|' || conflict.medium
        end as object,
        case
            when conflict.pollutant_id is null then {{ code_word('conflict.attribute', 'site_attribute') }}
            else
                coalesce(pollutant.name_cn, conflict.pollutant_id) || {{ to_text('conflict.year') }} || '年排放量（'
                || {{ code_word('conflict.medium', 'medium_of_emission') }} || '）'
        end as item_cn,
        {{ code_word('conflict.source', 'source') }} as source_cn,
        case when conflict.pollutant_id is null then '' else ' t' end as unit,
        {{ try_double('conflict.value') }} as number,
        coalesce(conflict.rule = 'CONFIRMED', false) as is_settled
    from {{ ref('source_conflict') }} as conflict
    inner join {{ ref('int_inventory__assessment_year_chosen') }} as build
        on conflict.attribute = 'employees' or conflict.year = build.assessment_year
    left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = conflict.pollutant_id
),

compared as (
    select
        enterprise_id,
        attribute,
        object,
        min(item_cn) as item_cn,
        min(number) as smallest,
        max(number) as largest,
        bool_or(is_settled) as is_settled,
        {{ listagg_text("source_cn || ' ' || " ~ printed_number('number', 4) ~ ' || unit', '、', 'source_cn') }} as stated_cn
    from figure
    where number is not null
    group by enterprise_id, attribute, object
)

select
    enterprise_id,
    object,
    'conflict_ratio' as fact,
    case
        when is_settled then null
        when smallest > 0 then largest / smallest
        when largest > 0 then cast('infinity' as double)
    end as value,
    case when is_settled then true end as is_true,
    item_cn || '：' || stated_cn || case
        when is_settled then '，已由企业核对确认'
        when smallest > 0 then '，相差' || {{ printed_number('largest / smallest', 3) }} || '倍'
        else '，一方为零'
    end as description,
    'inventory.source_conflict|' || enterprise_id || '|' || attribute as evidence_key,
    cast(null as date) as newest_on
from compared
where smallest < largest
