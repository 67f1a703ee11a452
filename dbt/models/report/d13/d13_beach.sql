-- Beaches by year in four dimensions, the newest year first.
with

weeks as (
    select
        beach_id,
        year,
        cast(count(water_class) as integer) as week_count,
        cast(count(case when water_class = 'poor' then 1 end) as integer) as poor_weeks,
        cast(count(case when suitability in ('suitable', 'fairly_suitable') then 1 end) as integer) as suitable_weeks
    from {{ ref('beach_week') }}
    group by beach_id, year
)

select
    cast(row_number() over (
        order by beach.year desc nulls last, beach.score desc nulls last, beach.beach_id asc nulls last
    ) as integer) as row_no,
    beach.beach_id,
    beach.year,
    beach.season,
    beach.name_cn,
    beach.nature,
    beach.environment,
    beach.health,
    beach.society,
    beach.score,
    {{ code_word('beach.microbe_class', 'microbe_class') }} as microbe_class,
    weeks.week_count,
    weeks.suitable_weeks,
    weeks.poor_weeks,
    (
        select {{ listagg_text('result.item', '；', 'result.item_no') }}
        from {{ ref('scoring_result') }} as result
        where
            result.rule_set = 'beach' and result.kind = 'veto' and result.passed is false
            and result.object_id = beach.beach_id and result.period = {{ to_text('beach.year') }}
    ) as vetoes,
    beach.unknown_items,
    beach.level
from {{ ref('beach_quality') }} as beach
left join weeks on weeks.beach_id = beach.beach_id and weeks.year = beach.year
