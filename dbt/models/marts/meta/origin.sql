{# Every cell, seed row, decision and profile value behind the rows of the tables that stand next to the files: those marked
   `origin: true`. #}
{%- set tables = marked_models('origin') -%}
with

{# headers of a raw column in one sheet: one for a plain column, several or none for the values of a wide table #}
headers as (
    select
        file_no,
        sheet,
        raw_table,
        raw_column,
        min(header) as header,
        count(distinct header) as header_count,
        min(own_row) as own_row,
        min(own_sheet) as own_sheet
    from {{ source('intake', 'file_column') }}
    group by file_no, sheet, raw_table, raw_column
),

items as (
    {% for table in tables %}
    {{ origin_items_of(table.relation, "'" ~ table.name ~ "'", row_key(table.key)) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    items.table_name,
    items.row_key,
    cast(items.item_no as integer) as origin_no,
    items.item.source_table as source_table,
    items.item.file_no as file_no,
    coalesce(headers.own_sheet, items.item.sheet) as sheet,
    coalesce(headers.own_row, items.item.first_row) as first_row,
    coalesce(headers.own_row, items.item.last_row) as last_row,
    case
        when headers.header_count = 1 then headers.header
        when items.item.record_field <> '' then items.item.record_field
        else items.item.field
    end as field,
    items.item.cell_text as cell_text,
    items.item.role as role,
    items.item.column_name as column_name,
    items.item.field as source_column
from items
left join headers
    on headers.file_no = items.item.file_no
    and headers.sheet = items.item.sheet
    and headers.raw_table = items.item.source_table
    and headers.raw_column = items.item.field
