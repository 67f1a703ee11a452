{# How good each source is, in the eight official words, by table and field: records refused or flagged at intake, empty and
   outdated fields of the site registers, differences between registers. #}
with

reasoned as (
    select * from {{ ref('int_inventory__quality_reasoned') }}
),

judged as (
    select * from {{ ref('int_inventory__quality_judged') }}
),

emitted as (
    select
        claim.source,
        count(distinct {{ row_key(['enterprise_id', 'pollutant_id', 'medium', 'year'], 'claim') }}) as checked_count
    from {{ ref('emission_claim') }} as claim
    where claim.emission_t >= 0 and claim.enterprise_id not like '%-000'
    group by claim.source
),

emission_conflict as (
    select
        source,
        count(*) as failing_count
    from {{ ref('source_conflict') }}
    where pollutant_id is not null and not chosen and conflict_class in ('review', 'block', 'unit_slip')
    group by source
),

over_permit as (
    select
        count(*) as checked_count,
        count(case when emission_t > permitted_t then 1 end) as failing_count
    from {{ ref('emission') }}
    where permitted_t is not null
),

compared as (
    select
        emitted.source,
        'inventory.source_conflict' as table_name,
        'coordination' as dimension,
        emitted.checked_count,
        coalesce(emission_conflict.failing_count, 0) as failing_count,
        '同一场所、污染物、年度的排放量与采用值相差较大' as rule
    from emitted
    left join emission_conflict on emission_conflict.source = emitted.source
    union all
    select
        'permit' as source,
        'inventory.emission' as table_name,
        'logic' as dimension,
        checked_count,
        failing_count,
        '实际排放量大于许可排放量' as rule
    from over_permit
),

everything as (
    select source, table_name, field, dimension, checked_count, failing_count, rule, reason_codes, severity from reasoned
    union all
    select
        source, table_name, field, dimension, checked_count, failing_count, rule, {{ list_of([]) }} as reason_codes,
        'warning' as severity
    from judged
    union all
    select
        source, table_name, 'emission_t' as field, dimension, checked_count, failing_count, rule,
        {{ list_of([]) }} as reason_codes, 'warning' as severity
    from compared
)

select
    source,
    table_name,
    field,
    dimension,
    cast(greatest(checked_count, failing_count) as bigint) as checked_count,
    cast(failing_count as bigint) as failing_count,
    cast(1.0 - failing_count * 1.0 / greatest(checked_count, failing_count) as double) as passing_share,
    rule,
    severity,
    {{ list_join(['reason_codes'], 'varchar[]') }} as reason_codes
from everything
where greatest(checked_count, failing_count) > 0
