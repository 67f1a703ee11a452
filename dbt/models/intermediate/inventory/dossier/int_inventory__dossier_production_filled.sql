{# Sections 3 and 4: plants of the site survey, products and materials of the assessment year, substances made and used. A year's
   figure stands before its quarters and months; a sum of parts says so by its state (derived). #}
with

year as (
    select assessment_year as year from {{ ref('int_inventory__assessment_year_chosen') }}
),

plant as (
    select
        matched.enterprise_id,
        process.plant || '|' || coalesce(process.process_unit, '') as item_key,
        row_number() over (
            partition by matched.enterprise_id
            order by process.survey_year desc nulls last, process.plant asc nulls last, process.process_unit asc nulls last,
                process._file_no asc nulls last, process._row asc nulls last, process._record_id asc nulls last
        ) as item_rank,
        process.plant,
        process.process_unit,
        {{ number_text('process.capacity') }} as capacity,
        process.unit,
        'site_survey' as source,
        {{ period_last_day(to_text('process.survey_year')) }} as value_date,
        'reported' as state,
        {{ provenance('process') }}
    from {{ ref('stg_site_survey__processes') }} as process
    inner join
        {{ ref('int_inventory__enterprise_matched') }} as matched
        on
            matched.source = 'site_survey'
            and matched.source_key = {{ survey_source_key('process') }}
    qualify
        row_number() over (
            partition by matched.enterprise_id, process.plant, process.process_unit
            order by
                process.survey_year desc nulls last, process._file_no desc nulls last,
                process._row asc nulls last, process._record_id asc nulls last
        ) = 1
),

activity as (
    select
        activity.enterprise_id,
        activity.process_id,
        activity.item_kind,
        activity.item,
        activity.unit,
        activity.source,
        activity.period,
        activity.quantity,
        activity._origin,
        length(activity.period) = 4 as is_year,
        max(case when length(activity.period) = 4 then 1 else 0 end) over item as has_year
    from {{ ref('activity') }} as activity
    inner join year on year.year = {{ period_year('activity.period') }}
    window item as (partition by activity.enterprise_id, activity.item_kind, activity.item)
),

yearly as (
    select
        activity.enterprise_id,
        activity.item_kind,
        activity.item,
        activity.unit,
        min(activity.source) as source,
        case when count(*) = 1 then max(activity.quantity) else {{ exact_sum('activity.quantity') }} end as quantity,
        case when count(*) = 1 and max(activity.has_year) = 1 then 'reported' else 'derived' end as state,
        min({{ origin_any_file_no('activity._origin') }}) as file_no,
        max({{ period_last_day('activity.period') }}) as value_date,
        {{ row_key([
            'activity.enterprise_id', 'max(activity.process_id)', 'activity.item', 'activity.item_kind',
            'min(activity.period)']) }} as parent_key
    from activity
    inner join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = activity.enterprise_id
    where activity.is_year or activity.has_year = 0
    group by activity.enterprise_id, activity.item_kind, activity.item, activity.unit
),

item as (
    select
        yearly.enterprise_id,
        yearly.item_kind,
        yearly.item || '|' || coalesce(yearly.unit, '') as item_key,
        row_number() over (
            partition by yearly.enterprise_id, yearly.item_kind
            order by yearly.quantity desc nulls last, yearly.item asc nulls last, yearly.unit asc nulls last
        ) as item_rank,
        yearly.item,
        {{ number_text('yearly.quantity') }} as quantity,
        {{ to_text('year.year') }} as year,
        yearly.unit,
        yearly.source,
        yearly.file_no,
        yearly.value_date,
        yearly.state,
        yearly.parent_key
    from yearly
    cross join year
),

product as (
    select * from item where item_kind = 'product'
),

material as (
    select * from item where item_kind = 'material'
),

chemical as (
    select
        chemical_use.enterprise_id,
        chemical_use.pollutant_id || '|' || chemical_use.role as item_key,
        row_number() over (
            partition by chemical_use.enterprise_id
            order by chemical_use.quantity_t desc nulls last, chemical_use.pollutant_id asc nulls last, chemical_use.role asc nulls last
        ) as item_rank,
        coalesce(pollutant.name_cn, pollutant.name_en, chemical_use.pollutant_id) as substance,
        pollutant.cas_no,
        coalesce(role.label_cn, chemical_use.role) as role,
        {{ number_text('chemical_use.quantity_t') }} as quantity,
        chemical_use.purpose,
        nullif({{ list_text('pollutant.list_codes', '、') }}, '') as lists,
        {{ to_text('chemical_use.year') }} as year,
        chemical_use.source,
        {{ origin_any_file_no('chemical_use._origin') }} as file_no,
        {{ period_last_day(to_text('chemical_use.year')) }} as value_date,
        'reported' as state,
        {{ row_key(['chemical_use.enterprise_id', 'chemical_use.pollutant_id', 'chemical_use.role', to_text('chemical_use.year')]) }}
            as parent_key
    from {{ ref('chemical_use') }} as chemical_use
    left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = chemical_use.pollutant_id
    {{ code_label_join('role', 'role_of_chemical', 'chemical_use.role') }}
    qualify
        chemical_use.year = max(chemical_use.year) over (
            partition by chemical_use.enterprise_id, chemical_use.pollutant_id, chemical_use.role
        )
)

{{ dossier_of_record('plant', 'plant', 'site_survey_process', {
    'plant': 'plant', 'process_unit': 'process_unit', 'capacity': 'capacity'}, with_unit=['capacity']) }}
union all
{{ dossier_of_table('product', 'product', 'inventory.activity', {
    'item': 'item', 'quantity': 'quantity', 'year': 'period'}, with_unit=['quantity']) }}
union all
{{ dossier_of_table('material', 'material', 'inventory.activity', {
    'item': 'item', 'quantity': 'quantity', 'year': 'period'}, with_unit=['quantity']) }}
union all
{{ dossier_of_table('chemical', 'chemical', 'inventory.chemical_use', {
    'substance': 'pollutant_id', 'cas_no': 'pollutant_id', 'role': 'role', 'quantity': 'quantity_t', 'purpose': 'purpose',
    'lists': 'pollutant_id', 'year': 'year'}) }}
