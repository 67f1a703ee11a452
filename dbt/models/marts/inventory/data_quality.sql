{# How good each source is, in the eight official words, by table and field: records refused or flagged (seed quality_dimension says
   which word a reason code belongs to), empty and outdated fields of the site registers, differences between registers. #}
with

booked as (
    select source, raw_table, record_count
    from {{ ref('stg_intake__records_flagged') }}
    where flag = ''
),

refused as (
    select raw_table, count(distinct record_id) as record_count
    from {{ ref('stg_intake__faults') }}
    where severity = 'error' and raw_table <> ''
    group by raw_table
),

arrived as (
    select booked.source, booked.raw_table, booked.record_count + coalesce(refused.record_count, 0) as record_count
    from booked
    left join refused on refused.raw_table = booked.raw_table
),

arrived_of_source as (
    select source, cast(sum(record_count) as bigint) as record_count
    from arrived
    group by source
),

by_reason as (
    select
        fault.source,
        coalesce(nullif(fault.raw_table, ''), 'file') as table_name,
        coalesce(fault.field, '') as field,
        fault.reason_code,
        fault.severity,
        count(distinct fault.record_id) as failing_count
    from {{ ref('stg_intake__faults') }} as fault
    group by fault.source, fault.raw_table, fault.field, fault.reason_code, fault.severity
    union all
    select source, raw_table as table_name, '' as field, flag as reason_code, 'warning' as severity, record_count as failing_count
    from {{ ref('stg_intake__records_flagged') }}
    -- in a permit's limits a mark says that there is no limit: nothing is missing
    where flag <> '' and not (raw_table = 'permit_limit' and flag = 'MISSING-MARK')
),

{# a record with two faults of one field and word counts twice at most: capped at what arrived #}
reasoned as (
    select
        by_reason.source,
        by_reason.table_name,
        by_reason.field,
        dimension.dimension,
        coalesce(max(arrived.record_count), max(arrived_of_source.record_count), sum(by_reason.failing_count)) as checked_count,
        cast(sum(by_reason.failing_count) as bigint) as failing_count,
        {{ listagg_text('reason.label_cn', '；', 'reason.label_cn') }} as rule,
        {{ list_agg_distinct('by_reason.reason_code') }} as reason_codes,
        min(by_reason.severity) as severity
    from by_reason
    inner join {{ ref('quality_dimension') }} as dimension on dimension.reason_code = by_reason.reason_code
    inner join {{ ref('reason_code') }} as reason on reason.reason_code = by_reason.reason_code
    left join arrived on arrived.raw_table = by_reason.table_name
    left join arrived_of_source on arrived_of_source.source = by_reason.source
    group by by_reason.source, by_reason.table_name, by_reason.field, dimension.dimension
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
