{# One row: the figures that the text of D19 quotes. #}
with

last_year as (
    select max(year) as year from {{ ref('literacy') }}
),

whole as (
    select
        level.year,
        level.n,
        100 * level.estimate as estimate_pct,
        100 * level.ci_low as ci_low_pct,
        100 * level.ci_high as ci_high_pct,
        100 * level.lower_bound as lower_bound_pct,
        level.design_effect,
        {{ code_word('level.weight_basis', 'literacy_weight_basis') }} as weight_basis,
        100 * level.threshold as threshold_pct,
        {{ code_word('level.target_result', 'target_result') }} as result
    from {{ ref('literacy') }} as level
    inner join last_year on last_year.year = level.year
    where level.dimension = 'total' and level.group_kind = 'all'
),

quality as (
    select
        quality.year,
        100 * cast(sum(quality.valid) as double) / nullif(sum(quality.returned), 0) as valid_pct,
        100 * cast(sum(quality.rechecked) as double) / nullif(sum(quality.valid), 0) as rechecked_pct,
        100 * {{ exact_sum('quality.consistent_share * quality.rechecked') }}
        / nullif(sum(case when quality.consistent_share is not null then quality.rechecked end), 0) as consistent_pct
    from {{ ref('literacy_quality') }} as quality
    group by quality.year
),

target as (
    select 100 * max({{ try_double('value') }}) as target_pct
    from {{ ref('parameter_used') }}
    where parameter_id = 'target.literacy_share'
)

select
    'D19' as document_id,
    whole.*,
    target.target_pct,
    quality.valid_pct,
    quality.rechecked_pct,
    quality.consistent_pct,
    edition.edition_no
from {{ ref('edition') }} as edition
cross join target
left join whole on true
left join quality on quality.year = whole.year
