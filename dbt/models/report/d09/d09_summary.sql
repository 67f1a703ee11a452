{# One row: the figures that the text of D09 quotes. #}
with

codes as (
    select
        cast(count(*) as integer) as code_count,
        cast(count(case when colour = 'red' then 1 end) as integer) as red_count,
        cast(count(case when colour = 'orange' then 1 end) as integer) as orange_count,
        cast(count(case when colour = 'yellow' then 1 end) as integer) as yellow_count,
        cast(count(case when colour = 'green' then 1 end) as integer) as green_count,
        cast(count(case when colour = 'grey' then 1 end) as integer) as grey_count,
        '第' || left(min(rule_version), 1) || '版' as rule_version,
        min(valid_until) as first_expiry
    from {{ ref('risk_code') }}
),

problems as (
    select
        cast(count(*) as integer) as problem_count,
        cast(count(case when status = 'closed' then 1 end) as integer) as closed_count,
        cast(count(case when status not in ('closed', 'rejected') then 1 end) as integer) as open_count,
        cast(count(case when overdue_days > 0 and status not in ('closed', 'rejected') then 1 end) as integer) as overdue_count,
        cast(coalesce(sum(refused_count), 0) as integer) as refused_count,
        cast(count(case when status = 'closed' and is_rule_met then 1 end) as integer) as held_count,
        cast(count(reopened_at) as integer) as reopened_count
    from {{ ref('problem') }}
),

supervision as (
    select
        cast(coalesce(sum(inspections_due), 0) as integer) as inspection_count,
        cast(count(case when is_left_alone then 1 end) as integer) as left_alone_count
    from {{ ref('supervision_list') }}
),

warnings as (
    select cast(count(distinct enterprise_id) as integer) as warned_count from {{ ref('early_warning') }}
),

appeals as (
    select cast(count(*) as integer) as appeal_count from {{ ref('appeal') }}
),

platforms as (
    select cast(count(distinct enterprise_id) as integer) as platform_count
    from {{ ref('platform_code') }}
),

differing as (
    select cast(count(distinct enterprise_id) as integer) as differing_count
    from {{ ref('d09_difference') }}
),

platform_warnings as (
    select
        cast(count(*) as integer) as platform_warning_count,
        cast(count(problem_id) as integer) as became_problem_count,
        cast(count(case when enterprise_id is null then 1 end) as integer) as stray_warning_count,
        cast(count(case when enterprise_id is not null and problem_id is null then 1 end) as integer) as other_warning_count,
        cast(count(case when value is not null and unit is null then 1 end) as integer) as unitless_warning_count
    from {{ ref('platform_warning') }}
),

ledger as (
    select cast(count(*) as integer) as ledger_count from {{ ref('risk_code_ledger') }}
)

select
    'D09' as document_id,
    codes.*,
    problems.*,
    supervision.*,
    warnings.*,
    appeals.*,
    platforms.*,
    differing.*,
    platform_warnings.*,
    ledger.*,
    edition.assessment_year,
    edition.edition_no
from codes
cross join problems
cross join supervision
cross join warnings
cross join appeals
cross join platforms
cross join differing
cross join platform_warnings
cross join ledger
cross join {{ ref('edition') }} as edition
