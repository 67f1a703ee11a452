{# Records of periods to claims of years. A claim is what one register (one of its keys) says by one method about one
   pollutant at one outlet in one year. A year's record stands for its quarters and months; the parts of a year are summed;
   months that a quarter covers, and records whose unit slipped, make claims of their own that never win. So every record belongs to exactly one claim. #}
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
    left join {{ ref('int_inventory__unit_slips_in_series') }} as slip on slip._record_id = emission_record._record_id
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

first_record as (
    select
        parted.*,
        row_number() over (
            partition by source, source_key, enterprise_id, outlet_id, medium, pollutant_id, method, year, part
            order by
                period asc nulls last, _file_no asc nulls last, _sheet asc nulls last, _row asc nulls last,
                _field asc nulls last
        ) as record_no
    from parted
),

summed as (
    select
        source,
        source_key,
        enterprise_id,
        outlet_id,
        medium,
        pollutant_id,
        method,
        year,
        part,
        min(outlet_class) as outlet_class,
        min(outlet_kind) as outlet_kind,
        max(case when record_no = 1 then _record_id end) as claim_id,
        -- one record as it stands; sums in grams, so that dioxins keep their digits
        case when count(emission_t) = 1 then max(emission_t) else {{ exact_sum('emission_t * 1e6') }} / 1e6 end as emission_t,
        bool_or(is_unit_unknown) as is_unit_unknown,
        cast(count(*) as integer) as record_count,
        count(distinct case when grain = 'quarter' and emission_t is not null then period end) * 3
        + count(distinct case when grain = 'month' and emission_t is not null then period end) as month_count,
        max(_file_no) as file_no,
        {{ origin_collect(list_of([origin_item(
            source_table='raw_table', file_no='_file_no', sheet='_sheet', first_row='_row', last_row='_row',
            field='quantity_column', record_field='_field', cell_text='case quantity_column when \'quantity\' then '
            ~ json_text('_cells', 'quantity') ~ ' when \'emission_t\' then ' ~ json_text('_cells', 'emission_t')
            ~ ' else ' ~ json_text('_cells', 'release_quantity') ~ ' end',
            role="'value'", column_name="'emission_t'")])) }} as origin
    from first_record
    group by source, source_key, enterprise_id, outlet_id, medium, pollutant_id, method, year, part
)

select
    summed.*,
    part = 'year' or (part = 'parts' and month_count = 12) as is_complete,
    part <> 'year'
    and bool_or(part = 'year' and emission_t is not null) over (
        partition by source, source_key, enterprise_id, outlet_id, medium, pollutant_id, method, year
    ) as has_year_claim
from summed
