{# One row: the figures that the text of D18 quotes. #}
with

team as (
    select
        cast(count(*) as integer) as expert_count,
        cast(count(case when is_active then 1 end) as integer) as active_count,
        cast(count(distinct case when is_active then field end) as integer) as field_count
    from {{ ref('expert') }}
),

training as (
    select
        cast(count(*) as integer) as training_count,
        {{ exact_sum('hours') }} as hours
    from {{ ref('d18_training') }}
),

target as (
    select standard from {{ ref('deliverable') }} where deliverable_id = 'D18'
),

score as (
    select
        max(total) as score,
        max(level_cn) as level_cn
    from {{ ref('document_score') }}
    where document_id = 'D18'
)

select
    'D18' as document_id,
    team.*,
    training.*,
    target.standard,
    score.score,
    coalesce(score.level_cn, '未评') as level_cn,
    edition.edition_no
from team
cross join training
cross join score
cross join {{ ref('edition') }} as edition
left join target on true
