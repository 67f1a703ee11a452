{# Annex 3, one policy a red or orange source on one line: the beginning of its three first measures (those for the class of its first
   substance, then others of its sector or substances, then by what they take away), all by stage as numbers of annex 2; dates, what the
   scenarios buy. Every measure of every source stands in d08_policy. #}
{%- set stages = ['source_prevention', 'process_control', 'end_of_pipe'] -%}
with

-- a substance leaves by several outlets and ways: its loads are summed before they are ranked
summed as (
    select
        enterprise_id,
        pollutant_id,
        {{ exact_sum('weighted_kg') }} as weighted_kg
    from {{ ref('source_load') }}
    where weighted_kg > 0
    group by enterprise_id, pollutant_id
),

first_substance as (
    select
        summed.enterprise_id,
        substance.substance_class
    from summed
    inner join {{ ref('dim_pollutant') }} as substance on substance.pollutant_id = summed.pollutant_id
    qualify
        row_number() over (
            partition by summed.enterprise_id order by summed.weighted_kg desc nulls last, summed.pollutant_id asc nulls last
        ) = 1
),

measured as (
    select
        policy.enterprise_id,
        policy.measure_id,
        policy.due,
        task.row_no as task_no,
        task.measure,
        applied.stage,
        row_number() over (
            partition by policy.enterprise_id
            order by
                case
                    when {{ list_has(text_to_list('measure.pollutant_group'), 'first_substance.substance_class') }} then 1
                    when measure.sector is not null or measure.pollutant_group is not null then 2
                    else 3
                end asc nulls last,
                policy.expected_reduction_high_kg desc nulls last, task.row_no asc nulls last
        ) as place_no
    from {{ ref('d08_policy') }} as policy
    inner join {{ ref('d08_task') }} as task on task.measure_id = policy.measure_id
    inner join {{ ref('control_measure') }} as measure on measure.measure_id = policy.measure_id
    inner join {{ ref('enterprise_measure') }} as applied
        on applied.enterprise_id = policy.enterprise_id and applied.measure_id = policy.measure_id
    left join first_substance on first_substance.enterprise_id = policy.enterprise_id
),

{% for stage in stages -%}
of_{{ stage }} as (
    select enterprise_id, {{ listagg_text(to_text('task_no'), '、', 'task_no') }} as numbers
    from measured
    where stage = '{{ stage }}'
    group by enterprise_id
),

{% endfor -%}
main as (
    select enterprise_id, {{ listagg_text(
        to_text('task_no') ~ " || '．' || split_part(split_part(split_part(measure, '。', 1), '；', 1), '，', 1)", '；', 'place_no') }}
            as main_measures
    from measured
    where place_no <= 3
    group by enterprise_id
),

dated as (
    select
        enterprise_id,
        cast(count(*) as integer) as measure_count,
        max(due) as last_due
    from measured
    group by enterprise_id
),

bought as (
    select
        enterprise_id,
        -100 * min(risk_change_share) as risk_reduction_pct,
        max(grade_after) as grade_after
    from {{ ref('scenario_result') }}
    group by enterprise_id
)

select
    cast(row_number() over (order by source.row_no asc nulls last) as integer) as row_no,
    source.enterprise_id,
    source.name,
    source.park_name,
    source.grade,
    source.pollutants,
    dated.measure_count,
    {% for stage in stages -%}
    of_{{ stage }}.numbers as {{ stage }},
    {% endfor -%}
    main.main_measures,
    concat_ws(
        '；',
        '源头 ' || of_source_prevention.numbers, '过程 ' || of_process_control.numbers, '末端 ' || of_end_of_pipe.numbers
    ) as all_measures,
    dated.last_due,
    source.due_text,
    bought.risk_reduction_pct,
    {{ grade_word('bought.grade_after') }} as grade_after,
    {{ printed_number('bought.risk_reduction_pct', 2) }} || ' %，' || {{ grade_word('bought.grade_after') }} as effect
from {{ ref('d08_source') }} as source
inner join dated on dated.enterprise_id = source.enterprise_id
left join main on main.enterprise_id = source.enterprise_id
left join bought on bought.enterprise_id = source.enterprise_id
{%- for stage in stages %}
left join of_{{ stage }} on of_{{ stage }}.enterprise_id = source.enterprise_id
{%- endfor %}
