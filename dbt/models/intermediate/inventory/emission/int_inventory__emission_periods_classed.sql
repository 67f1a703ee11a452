{# Which part each record of a year plays: a year's figure, a part of it, a month that a quarter covers, a record whose unit slipped;
   and by which method it is claimed. Parts by several methods that make a whole year only together (the instrument failed in the
   last quarter) are claimed by the weakest of them. #}
with

period_record as (
    select
        emission_record.*,
        case
            when length(period) = 4 then 'year'
            when period like '____Q_' then 'quarter'
            when period like '____-__' then 'month'
        end as grain,
        case
            when period like '____Q_' then period
            when period like '____-__'
                then substr(period, 1, 4) || 'Q' || {{ to_text("cast(ceil(cast(substr(period, 6, 2) as integer) / 3.0) as integer)") }}
        end as quarter,
        slip._record_id is not null as is_slip
    from {{ ref('int_inventory__emission_records_unioned') }} as emission_record
    left join {{ ref('int_inventory__series_unit_slips_found') }} as slip on slip._record_id = emission_record._record_id
),

quartered as (
    select
        period_record.*,
        bool_or(grain = 'quarter' and emission_t is not null and not is_slip) over (
            partition by source, source_key, enterprise_id, outlet_id, medium, pollutant_id, method, quarter
        ) as has_quarter
    from period_record
),

parted as (
    select
        quartered.*,
        case
            when is_slip then 'slip'
            when grain = 'year' then 'year'
            when grain = 'month' and has_quarter then 'covered'
            else 'parts'
        end as part
    from quartered
),

method_part as (
    select
        source, source_key, enterprise_id, outlet_id, medium, pollutant_id, year, method,
        count(distinct case when grain = 'quarter' then period end) * 3
        + count(distinct case when grain = 'month' then period end) as month_count
    from parted
    where part = 'parts' and emission_t is not null
    group by source, source_key, enterprise_id, outlet_id, medium, pollutant_id, year, method
),

known_part as (
    select
        parted.*,
        bool_or(grain = 'quarter') over (
            partition by source, source_key, enterprise_id, outlet_id, medium, pollutant_id, quarter
        ) as is_in_quarter
    from parted
    where part = 'parts' and emission_t is not null
),

{# months of the year that all methods together cover: less than their sum where two methods speak of one month #}
part_month as (
    select
        source, source_key, enterprise_id, outlet_id, medium, pollutant_id, year,
        count(distinct case when grain = 'quarter' then quarter end) * 3
        + count(distinct case when grain = 'month' and not is_in_quarter then period end) as month_count
    from known_part
    group by source, source_key, enterprise_id, outlet_id, medium, pollutant_id, year
),

mixed as (
    select
        method_part.source, method_part.source_key, method_part.enterprise_id, method_part.outlet_id, method_part.medium,
        method_part.pollutant_id, method_part.year,
        {{ value_at_min('method_part.method', '-emission_method.tier') }} as method
    from method_part
    inner join {{ ref('emission_method') }} as emission_method on emission_method.method = method_part.method
    inner join
        part_month
        on
            part_month.source = method_part.source
            and part_month.source_key = method_part.source_key
            and part_month.outlet_id = method_part.outlet_id
            and part_month.medium = method_part.medium
            and part_month.pollutant_id = method_part.pollutant_id
            and part_month.year = method_part.year
    group by
        method_part.source, method_part.source_key, method_part.enterprise_id, method_part.outlet_id, method_part.medium,
        method_part.pollutant_id, method_part.year
    having
        count(*) > 1 and max(method_part.month_count) < 12
        and sum(method_part.month_count) = 12 and max(part_month.month_count) = 12
),

claimed as (
    select
        parted.*,
        coalesce(case when parted.part = 'parts' then mixed.method end, parted.method) as claim_method
    from parted
    left join
        mixed
        on
            mixed.source = parted.source
            and mixed.source_key = parted.source_key
            and mixed.outlet_id = parted.outlet_id
            and mixed.medium = parted.medium
            and mixed.pollutant_id = parted.pollutant_id
            and mixed.year = parted.year
)

select * from claimed
