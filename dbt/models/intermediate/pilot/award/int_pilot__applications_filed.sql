{# Applications with applicant, track and year, and the earlier one that each repeats: in a track of one award a year the applicant's first
   in the year, in the others the first that asks for the same amount. #}
with

filed as (
    select
        application.*,
        track.code as track,
        found.enterprise_id,
        cast(extract(year from application.applied_on) as integer) as year,
        coalesce(application.credit_code, {{ normalised_name('application.applicant') }}) as applicant_key,
        case when rules.one_a_year then 'year' else {{ to_text('application.amount_yuan') }} end as content_key
    from {{ ref('stg_pilot__applications') }} as application
    left join {{ ref('crosswalk_code') }} as track
        on track.code_set = 'fund_track' and track.word = trim(application.category_word)
    left join {{ ref('scoring_rule_set') }} as rules on rules.rule_set = track.code
    left join {{ ref('int_inventory__named_records_matched') }} as found
        on found.raw_table = 'pilot_application' and found._record_id = application._record_id
    where application.application_id is not null
),

repeated as (
    select
        application_id,
        first_value(application_id) over (
            partition by track, year, applicant_key, content_key order by applied_on asc nulls last, application_id asc nulls last
        ) as first_id
    from filed
    where track is not null and applicant_key is not null and content_key is not null
)

select
    filed.*,
    case when repeated.first_id <> filed.application_id then repeated.first_id end as duplicate_of
from filed
left join repeated on repeated.application_id = filed.application_id
