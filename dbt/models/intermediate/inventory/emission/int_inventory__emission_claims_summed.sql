{# Records of periods to claims of years. A claim is what one register (one of its keys) says by one method about one
   pollutant at one outlet in one year; its id is made of that, so that a workbook that is merely saved again changes none. A year's record stands for its quarters and months; the parts of a year are summed;
   months that a quarter covers, and records whose unit slipped, make claims of their own that never win. So every record belongs
   to exactly one claim. #}
with

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
    from {{ ref('int_inventory__emission_periods_classed') }}
    group by source, source_key, enterprise_id, outlet_id, medium, pollutant_id, claim_method, year, part
),

numbered as (
    select
        summed.*,
        -- the outlet as its register names it: the site's id hangs on the matching
        substr(outlet_id, length(enterprise_id) + 1) as outlet_part,
        row_number() over (
            partition by
                source, source_key, substr(outlet_id, length(enterprise_id) + 1), medium, pollutant_id, method, year, part
            order by enterprise_id asc nulls last, outlet_id asc nulls last
        ) as number_among_equals
    from summed
)

select
    numbered.*,
    {{ id16([
        'source', 'source_key', 'outlet_part', 'medium', 'pollutant_id', 'method', 'year', 'part', 'number_among_equals'
    ]) }} as claim_id,
    part = 'year' or (part = 'parts' and month_count = 12) as is_complete,
    part <> 'year'
    and bool_or(part = 'year' and emission_t is not null) over (
        partition by source, source_key, enterprise_id, outlet_id, medium, pollutant_id, method, year
    ) as has_year_claim
from numbered
