{# One row: the figures that the text of D16 quotes. #}
with

facility as (
    select
        cast(count(*) as integer) as facility_count,
        cast(count(case when conclusion = '模范' then 1 end) as integer) as model_count,
        cast(coalesce(sum(open_days), 0) as integer) as open_days,
        cast(coalesce(sum(visitors), 0) as integer) as visitors,
        max(year) as year
    from {{ ref('d16_facility') }}
),

target as (
    select standard from {{ ref('deliverable') }} where deliverable_id = 'D16'
)

select
    'D16' as document_id,
    facility.*,
    target.standard,
    edition.edition_no
from facility
cross join {{ ref('edition') }} as edition
left join target on true
