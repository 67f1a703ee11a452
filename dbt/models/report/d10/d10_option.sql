{# Reduction of new pollutants: at which stage of which processes each arises, what technologies can take it, best first, and which
   measures of the control plan ask for it. One row a stage, medium and substance (technologies do not differ between processes); a
   measured efficiency before a published one, the three best in words. #}
with

technology as (
    select distinct
        stage,
        medium,
        pollutant_id,
        technology_id,
        technology,
        efficiency,
        efficiency_basis,
        cost_class,
        cross_media,
        verified
    from {{ ref('reduction_option') }}
    where is_new_pollutant in ('yes', 'candidate')
),

ranked as (
    select
        technology.*,
        row_number() over (
            partition by stage, medium, pollutant_id
            order by
                case efficiency_basis when 'measured' then 0 else 1 end asc nulls last,
                efficiency desc nulls last,
                technology_id asc nulls last
        ) as place
    from technology
),

summed as (
    select
        stage,
        medium,
        pollutant_id,
        {{ listagg_text(
            "case when place <= 3 then technology || ' ' || replace(" ~ to_text('round(efficiency * 100, 1)') ~ " || '%', '.0%', '%')
            || case when verified = 'memory' then '（待核）' else '' end end", '；', 'place') }} as technologies,
        cast(count(*) as integer) as technology_count,
        cast(count(case when efficiency_basis = 'measured' then 1 end) as integer) as measured_count,
        max(case when place = 1 then {{ code_word('cost_class', 'cost_class') }} end) as cost,
        max(case when place = 1 then {{ manual_phrase('cross_media') }} end) as cross_media
    from ranked
    group by stage, medium, pollutant_id
),

place as (
    select distinct
        option.stage,
        option.medium,
        option.pollutant_id,
        option.name_cn as pollutant,
        option.process_id,
        process.name_cn as process
    from {{ ref('reduction_option') }} as option
    inner join {{ ref('dim_process') }} as process on process.process_id = option.process_id
    where option.is_new_pollutant in ('yes', 'candidate')
),

listed as (
    select
        place.*,
        row_number() over (partition by stage, medium, pollutant_id order by process_id asc nulls last) as place_no
    from place
),

arising as (
    select
        stage,
        medium,
        pollutant_id,
        min(pollutant) as pollutant,
        {{ listagg_text("case when place_no <= 8 then process end", '、', 'process_id') }}
        || case when count(*) > 8 then '等' || {{ to_text('count(*)') }} || '个工艺' else '' end as processes,
        cast(count(*) as integer) as process_count
    from listed
    group by stage, medium, pollutant_id
),

measure as (
    select distinct
        stage,
        medium,
        pollutant_id,
        {{ unnest_list('measure_ids') }} as measure_id
    from {{ ref('reduction_option') }}
    where is_new_pollutant in ('yes', 'candidate')
),

{# of a measure its first clause: the whole text stands in the control plan #}
worded as (
    select
        measure.*,
        {{ regexp_replace_all('control.measure', '[，；。].*$') }} as words
    from measure
    inner join {{ ref('control_measure') }} as control on control.measure_id = measure.measure_id
),

asked as (
    select
        stage,
        medium,
        pollutant_id,
        {{ listagg_text('words', '；', 'measure_id') }} as measures
    from worded
    group by stage, medium, pollutant_id
)

select
    cast(row_number() over (
        order by arising.pollutant_id asc nulls last, stage.sort_no asc nulls last, summed.medium asc nulls last
    ) as integer) as row_no,
    summed.stage as stage_code,
    summed.medium as medium_code,
    summed.pollutant_id,
    arising.pollutant,
    stage.label_cn as stage,
    {{ code_word('summed.medium', 'medium_of_emission') }} as medium,
    arising.processes,
    arising.process_count,
    summed.technologies,
    summed.technology_count,
    summed.measured_count,
    summed.cost,
    summed.cross_media,
    asked.measures
from summed
inner join arising
    on arising.stage = summed.stage and arising.medium = summed.medium and arising.pollutant_id = summed.pollutant_id
left join asked
    on asked.stage = summed.stage and asked.medium = summed.medium and asked.pollutant_id = summed.pollutant_id
left join {{ ref('code_label') }} as stage on stage.code_set = 'stage_of_process' and stage.code = summed.stage
