-- Workshops that staff records or measurements name, with the headcount of the newest year that states one.
with

workshop_record as (
    select
        'receptor_job' as raw_table,
        _record_id,
        credit_code,
        permit_no,
        enterprise_name,
        workshop,
        record_year,
        headcount
    from {{ ref('stg_receptor__jobs') }}
    union all
    select
        'monitoring_workplace' as raw_table,
        _record_id,
        credit_code,
        permit_no,
        enterprise_name,
        workshop,
        cast(null as integer) as record_year,
        cast(null as integer) as headcount
    from {{ ref('stg_monitoring__workplaces') }}
),

workshop_named as (
    select
        matched.enterprise_id,
        'W:' || coalesce(
            matched.enterprise_id,
            {{ id16(['workshop_record.permit_no', 'workshop_record.credit_code', 'workshop_record.enterprise_name']) }}
        ) || ':' || coalesce(workshop_record.workshop, 'unknown') as place_id,
        workshop_record.enterprise_name,
        workshop_record.workshop,
        workshop_record.headcount,
        coalesce(workshop_record.record_year, 0) as record_year
    from workshop_record
    left join {{ ref('int_inventory__named_records_matched') }} as matched
        on matched.raw_table = workshop_record.raw_table and matched._record_id = workshop_record._record_id
),

newest_headcount as (
    select place_id, max(record_year) as record_year
    from workshop_named
    where headcount is not null
    group by place_id
)

select
    workshop_named.place_id,
    min(workshop_named.enterprise_id) as enterprise_id,
    min(coalesce(workshop_named.workshop, workshop_named.enterprise_name)) as name,
    cast(
        sum(case when workshop_named.record_year = newest_headcount.record_year then workshop_named.headcount end) as double
    ) as people
from workshop_named
left join newest_headcount on newest_headcount.place_id = workshop_named.place_id
group by workshop_named.place_id
