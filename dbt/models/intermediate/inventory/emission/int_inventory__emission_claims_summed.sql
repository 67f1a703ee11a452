{# Records of periods to claims of years. A claim is what one register (one of its keys) says by one method about one
   pollutant at one outlet in one year. A year's record stands for its quarters and months; the parts of a year are summed;
   months that a quarter covers, and records whose unit slipped, make claims of their own that never win. So every record belongs
   to exactly one claim. #}
with

first_record as (
    select
        record.*,
        row_number() over (
            partition by source, source_key, enterprise_id, outlet_id, medium, pollutant_id, claim_method, year, part
            order by
                period asc nulls last, _file_no asc nulls last, _sheet asc nulls last, _row asc nulls last,
                _field asc nulls last
        ) as record_no
    from {{ ref('int_inventory__emission_periods_classed') }} as record
),

summed as (
    select
        source,
        source_key,
        enterprise_id,
        outlet_id,
        medium,
        pollutant_id,
        claim_method as method,
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
    group by source, source_key, enterprise_id, outlet_id, medium, pollutant_id, claim_method, year, part
)

select
    summed.*,
    part = 'year' or (part = 'parts' and month_count = 12) as is_complete,
    part <> 'year'
    and bool_or(part = 'year' and emission_t is not null) over (
        partition by source, source_key, enterprise_id, outlet_id, medium, pollutant_id, method, year
    ) as has_year_claim
from summed
