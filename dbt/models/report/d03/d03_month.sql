{# Monthly means of manual samples of ambient air over the sites, half of the limit for a non-detect, for the figure of the course of
   the year; only pollutants that come near a limit or are detected most. #}
with

result as (
    select
        result.pollutant_id,
        extract(month from result.sampled_at) as month_no,
        result.site_id,
        {{ displayed('coalesce(result.value, result.detection_limit / 2)') }} as used_value,
        {{ displayed_unit('result.unit') }} as unit_name
    from {{ ref('monitoring_result') }} as result
    inner join {{ ref('edition') }} as edition on result.period = {{ to_text('edition.assessment_year') }}
    {{ display_unit_join('result') }}
    where result.medium = 'ambient_air' and result.source_kind = 'manual' and result.qc_level in ('A', 'B')
),

ranked as (
    select
        pollutant_id,
        pollutant,
        row_number() over (
            order by max_ratio desc nulls last, detection_pct desc nulls last, pollutant_id asc nulls last
        ) as rank_no
    from {{ ref('d03_result') }}
    where medium = 'ambient_air' and pollutant_id in (select pollutant_id from result)
)

select
    ranked.pollutant_id,
    cast(result.month_no as integer) as month_no,
    min(ranked.pollutant) as pollutant,
    cast(min(ranked.rank_no) as integer) as rank_no,
    cast(count(*) as integer) as result_count,
    {{ exact_mean('result.used_value') }} as mean,
    min(result.unit_name) as unit_name
from result
inner join ranked on ranked.pollutant_id = result.pollutant_id
where ranked.rank_no <= 6
group by ranked.pollutant_id, result.month_no
