{# Names of a site beside the chosen one: other spellings of its registers, and former names that a register states. One row a
   name however it is spelt; `former_since` is the newest statement that it is a former name, null where none says so. #}
with

chosen as (
    select enterprise_id, value as name
    from {{ ref('int_inventory__site_attributes_chosen') }}
    where attribute = 'name'
),

other_name as (
    select
        site_record.enterprise_id,
        {{ unnest_list(list_join([
            list_of(['site_record.name']),
            text_to_list(regexp_replace_all('site_record.former_names', '[、，,；]', ';'), ';')], 'varchar[]')) }} as other_name,
        site_record.name as own_name,
        site_record.former_names,
        site_record.stated_at,
        site_record.raw_table,
        site_record._file_no,
        site_record._sheet,
        site_record._row,
        site_record._field,
        site_record._cells,
        chosen.name as chosen_name
    from {{ ref('int_inventory__site_records_unioned') }} as site_record
    inner join chosen on chosen.enterprise_id = site_record.enterprise_id
    where
        site_record.former_names is not null
        or {{ normalised_name('site_record.name') }} is distinct from {{ normalised_name('chosen.name') }}
)

select
    enterprise_id,
    {{ normalised_name('other_name') }} as name_key,
    min(other_name) as other_name,
    max(case
        when former_names is not null and {{ normalised_name('other_name') }} is distinct from {{ normalised_name('own_name') }}
            then coalesce(stated_at, '')
    end) as former_since,
    {{ origin_filled(origin_collect(list_of([
        origin_item(source_table='raw_table', file_no='_file_no', sheet='_sheet', first_row='_row', last_row='_row',
                    field="'name'", record_field='_field', cell_text=json_text('_cells', 'name'), role="'value'",
                    column_name="'former_names'"),
        origin_item(source_table='raw_table', file_no='_file_no', sheet='_sheet', first_row='_row', last_row='_row',
                    field="'former_names'", record_field='_field', cell_text=json_text('_cells', 'former_names'),
                    role="'value'", column_name="'former_names'"),
    ]))) }} as origin
from other_name
where other_name is not null and {{ normalised_name('other_name') }} <> {{ normalised_name('chosen_name') }}
group by enterprise_id, {{ normalised_name('other_name') }}
