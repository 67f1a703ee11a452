{# One row: the figures that the text of D08 quotes. #}
with

sources as (
    select
        cast(count(*) as integer) as source_count,
        cast(count(case when grade = 1 then 1 end) as integer) as red_count,
        cast(count(case when grade = 2 then 1 end) as integer) as orange_count,
        cast(count(case when grade = 3 then 1 end) as integer) as yellow_count,
        cast(count(case when grade = 4 then 1 end) as integer) as blue_count,
        cast(count(case when grade is null then 1 end) as integer) as ungraded_count
    from {{ ref('source_grade') }}
),

measures as (
    select
        cast(count(*) as integer) as assigned_count,
        cast(count(distinct measure_id) as integer) as measure_count,
        cast(count(distinct enterprise_id) as integer) as measured_source_count,
        min(due) as first_due
    from {{ ref('enterprise_measure') }}
),

catalogue as (
    select
        cast(count(*) as integer) as catalogue_count,
        cast(count(case when legal_basis is null then 1 end) as integer) as without_law_count
    from {{ ref('control_measure') }}
),

zones as (
    select
        cast(count(case when zone_kind = 'key_control' then 1 end) as integer) as key_zone_count,
        {{ exact_sum("case when zone_kind = 'key_control' then population else 0 end") }} as key_population
    from {{ ref('zone') }}
),

shares as (
    select
        100 * {{ exact_sum("case when zone_kind = 'key_control' then population else 0 end") }}
        / nullif({{ exact_sum('population') }}, 0) as key_share_pct
    from {{ ref('zone') }}
),

units as (
    select
        coalesce({{ listagg_text("case when unit_role = 'lead' then unit_name end", '、', 'unit_name') }} || '牵头', '牵头单位待定')
        || coalesce('，' || {{ listagg_text("case when unit_role = 'support' then unit_name end", '、', 'unit_name') }} || '配合', '')
            as supervising_units
    from {{ ref('task_unit') }}
    where object_kind = 'task' and object_id = '7'
),

pilot as (
    select max(due) as pilot_end from {{ ref('deliverable') }}
)

select
    'D08' as document_id,
    sources.*,
    measures.*,
    catalogue.*,
    zones.*,
    shares.key_share_pct,
    units.supervising_units,
    {{ date_cn('pilot.pilot_end') }} as pilot_end,
    edition.assessment_year,
    edition.edition_no
from sources
cross join measures
cross join catalogue
cross join zones
cross join shares
cross join units
cross join pilot
cross join {{ ref('edition') }} as edition
