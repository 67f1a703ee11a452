{# The rules of each object line by line. Caps of an award are known once awards are made: they stand with the share that was given.
   Years share one budget: shares of track and applicant are of what earlier years left of it. #}
with

prepared as (
    select
        award.application_id,
        prepared.year,
        prepared.track,
        prepared.applicant_key,
        award.award_yuan,
        prepared.asked_yuan,
        prepared.cost_yuan,
        prepared.budget_yuan
    from {{ ref('fund_award') }} as award
    inner join {{ ref('int_pilot__applications_prepared') }} as prepared
        on prepared.application_id = award.application_id
),

awarded as (
    select
        application_id,
        award_yuan,
        asked_yuan,
        cost_yuan,
        {{ exact_sum_over('award_yuan', 'partition by track, year') }} as of_track_yuan,
        {{ exact_sum_over('award_yuan', 'partition by applicant_key, year') }} as of_applicant_yuan,
        budget_yuan
        - {{ exact_sum_over('award_yuan', 'order by year asc nulls last range between unbounded preceding and current row') }}
        + {{ exact_sum_over('award_yuan', 'partition by year') }} as left_yuan
    from prepared
),

shares as (
    {% for fact, part, whole in [
        ('award_to_request', 'award_yuan', 'asked_yuan'),
        ('award_to_cost', 'award_yuan', 'cost_yuan'),
        ('track_budget_share', 'of_track_yuan', 'left_yuan'),
        ('applicant_budget_share', 'of_applicant_yuan', 'left_yuan')] -%}
    select
        application_id as object_id,
        '{{ fact }}' as fact,
        {{ part }} / nullif({{ whole }}, 0) as share
    from awarded
    {% if not loop.last %}union all
    {% endif -%}
    {% endfor %}
)

select
    scored.rule_set,
    scored.object_id,
    scored.item_id,
    scored.period,
    scored.kind,
    scored.points,
    scored.max_points,
    case when shares.share is not null then shares.share <= {{ try_double('rule.bound_high') }} + 1e-9 else scored.passed end
    as passed,
    case
        when shares.share is not null
            then scored.fact || '=' || {{ to_text('round(shares.share, 4)') }} || '，不超过 ' || rule.bound_high
        else scored.reason
    end as reason,
    scored.item_no,
    scored.dimension,
    scored.fact,
    rule.text_cn as item,
    scored.is_known or shares.share is not null as is_known,
    scored.is_counted,
    scored.stands_for,
    scored.total,
    scored.level,
    shares.share as award_share
from {{ ref('int_pilot__objects_scored') }} as scored
left join {{ ref('scoring_rule') }} as rule
    on rule.rule_set = scored.rule_set and rule.item_id = scored.item_id and rule.step_no = 1
left join shares on shares.object_id = scored.object_id and shares.fact = scored.fact and scored.kind = 'cap'
