-- Results that contradict themselves or another of the same sample or day, by seed monitoring_logic: one row a result and rule that
-- it breaks. Both results of a pair are named, since nobody knows which is wrong.
with

detect as (
    select
        result_id,
        sample_id,
        site_id,
        medium,
        pollutant_id,
        sampled_at,
        averaging_time,
        value,
        unit
    from {{ ref('int_exposure__results_gathered') }}
    where value is not null and not is_flagged
),

broken_pair as (
    select
        logic.rule_id,
        logic.text_cn,
        part.result_id as part_id,
        whole.result_id as whole_id,
        part.value as part_value,
        whole.value as whole_value
    from {{ ref('monitoring_logic') }} as logic
    inner join detect as part on part.pollutant_id = logic.pollutant_id
    inner join detect as whole
        on
            whole.pollutant_id = logic.not_above_pollutant_id
            and whole.site_id = part.site_id
            and whole.medium is not distinct from part.medium
            and whole.sampled_at is not distinct from part.sampled_at
            and whole.sample_id is not distinct from part.sample_id
            and whole.averaging_time is not distinct from part.averaging_time
            and whole.unit = part.unit
    where part.value > whole.value
),

broken as (
    select part_id as result_id, rule_id, text_cn, part_value as value from broken_pair
    union all
    select whole_id as result_id, rule_id, text_cn, whole_value as value from broken_pair
    union all
    select
        detect.result_id,
        logic.rule_id,
        logic.text_cn,
        detect.value
    from {{ ref('monitoring_logic') }} as logic
    inner join detect
        on detect.pollutant_id = logic.pollutant_id and detect.unit is not distinct from coalesce(nullif(logic.unit, ''), detect.unit)
    where detect.value < logic.least_value or detect.value > logic.largest_value
)

select
    result_id,
    rule_id,
    min(text_cn) as text_cn,
    max(value) as value
from broken
group by result_id, rule_id
