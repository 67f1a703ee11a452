{# One row: the figures that the text of D17 quotes. #}
with

venue as (
    select
        cast(count(distinct case when venue_kind = 'main' then venue_id end) as integer) as main_count,
        cast(count(distinct case when venue_kind = 'branch' then venue_id end) as integer) as branch_count,
        cast(coalesce(sum(participants), 0) as integer) as participants,
        max(year) as year
    from {{ ref('publicity') }}
),

event as (
    select cast(count(*) as integer) as event_count from {{ ref('publicity_event') }}
),

question as (
    select
        cast(count(*) as integer) as question_count,
        cast(count(answered_at) as integer) as answered_count
    from {{ ref('public_question') }}
),

score as (
    select
        max(total) as score,
        max(level_cn) as level_cn
    from {{ ref('document_score') }}
    where document_id = 'D17'
)

select
    'D17' as document_id,
    venue.*,
    event.*,
    question.*,
    score.score,
    coalesce(score.level_cn, '未评') as level_cn,
    edition.edition_no
from venue
cross join event
cross join question
cross join score
cross join {{ ref('edition') }} as edition
