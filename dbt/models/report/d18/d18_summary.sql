{# One row: the figures that the text of D18 quotes. Fields are the five domains that the rules ask for, covered by experts in office. #}
with

covered as (
    select max(value) as value from {{ ref('scoring_fact') }} where rule_set = 'expert_team' and fact = 'field_count'
),

team as (
    select
        cast(count(*) as integer) as expert_count,
        cast(count(case when is_active then 1 end) as integer) as active_count,
        cast(max(covered.value) as integer) as field_count
    from {{ ref('expert') }}
    left join covered on true
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
