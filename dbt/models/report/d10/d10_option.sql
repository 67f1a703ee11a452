{# Reduction of new pollutants by process: what technologies can take, best first, and which measures of the control plan ask for it. One
   row a process, stage, medium and substance; the three best technologies in words, a measured efficiency before a published one. #}
with

ranked as (
    select
        option.*,
        row_number() over (
            partition by option.process_id, option.stage, option.medium, option.pollutant_id
            order by
                case option.efficiency_basis when 'measured' then 0 else 1 end asc nulls last,
                option.efficiency desc nulls last,
                option.technology_id asc nulls last
        ) as place
    from {{ ref('reduction_option') }} as option
    where option.is_new_pollutant in ('yes', 'candidate')
),

summed as (
    select
        process_id,
        stage,
        medium,
        pollutant_id,
        min(name_cn) as pollutant,
        {{ listagg_text(
            "case when place <= 3 then technology || ' ' || " ~ "replace(" ~ to_text('round(efficiency * 100, 1)') ~ " || '%', '.0%', '%')
            || case when verified = 'memory' then '（待核）' else '' end end", '；', 'place') }} as technologies,
        cast(count(*) as integer) as technology_count,
        cast(count(case when efficiency_basis = 'measured' then 1 end) as integer) as measured_count,
        {{ listagg_text("case when place = 1 then " ~ code_word('cost_class', 'cost_class') ~ " end", '', 'place') }} as cost,
        {{ listagg_text("case when place = 1 then " ~ manual_phrase('cross_media') ~ " end", '', 'place') }} as cross_media
    from ranked
    group by process_id, stage, medium, pollutant_id
),

asked as (
    select
        process_id,
        stage,
        medium,
        pollutant_id,
        {{ listagg_text('measure_id', '、') }} as measures
    from (
        select distinct
            process_id,
            stage,
            medium,
            pollutant_id,
            {{ unnest_list('measure_ids') }} as measure_id
        from ranked
    ) as measure
    group by process_id, stage, medium, pollutant_id
)

select
    cast(row_number() over (
        order by summed.process_id asc nulls last, stage.sort_no asc nulls last, summed.medium asc nulls last,
            summed.pollutant_id asc nulls last
    ) as integer) as row_no,
    summed.process_id,
    summed.stage as stage_code,
    summed.medium as medium_code,
    summed.pollutant_id,
    process.name_cn as process,
    stage.label_cn as stage,
    {{ code_word('summed.medium', 'medium_of_emission') }} as medium,
    summed.pollutant,
    summed.technologies,
    summed.technology_count,
    summed.measured_count,
    summed.cost,
    summed.cross_media,
    asked.measures
from summed
left join asked
    on
        asked.process_id = summed.process_id
        and asked.stage = summed.stage
        and asked.medium = summed.medium
        and asked.pollutant_id = summed.pollutant_id
left join {{ ref('dim_process') }} as process on process.process_id = summed.process_id
left join {{ ref('code_label') }} as stage on stage.code_set = 'stage_of_process' and stage.code = summed.stage
