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
)

select
    'D08' as document_id,
    sources.*,
    measures.*,
    catalogue.*,
    zones.*,
    edition.assessment_year,
    edition.edition_no
from sources
cross join measures
cross join catalogue
cross join zones
cross join {{ ref('edition') }} as edition
