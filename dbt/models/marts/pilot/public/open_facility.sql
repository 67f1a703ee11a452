{# Open facilities by enterprise and year: what was opened, what guests said, and whether the rules make it a model. #}
with

judged as (
    select
        object_id,
        period,
        max(total) as score,
        bool_or(item_id = 'L1' and coalesce(passed, false)) as is_model,
        {{ list_agg_distinct("case when kind in ('gate', 'veto') and not passed then item_id end") }} as reason_codes
    from {{ ref('int_pilot__objects_scored') }}
    where rule_set = 'open_facility'
    group by object_id, period
)

select
    days.enterprise_id,
    days.year,
    days.open_days,
    days.visitors,
    asked.satisfaction,
    asked.satisfaction_low,
    coalesce(judged.is_model, false) as is_model,
    coalesce(judged.reason_codes, {{ list_of([]) }}) as reason_codes,
    asked.satisfaction_high,
    cast(days.surveyed as integer) as surveyed,
    asked.trust_pairs,
    asked.trust_gain,
    asked.trust_gain_low,
    asked.trust_gain_high,
    days.open_years,
    judged.score,
    site.park_id,
    days._origin
from {{ ref('int_pilot__open_days_summed') }} as days
left join {{ ref('int_pilot__facilities_surveyed') }} as asked
    on asked.enterprise_id = days.enterprise_id and asked.year = days.year
left join judged on judged.object_id = days.enterprise_id and judged.period = {{ to_text('days.year') }}
left join {{ ref('dim_enterprise') }} as site on site.enterprise_id = days.enterprise_id
