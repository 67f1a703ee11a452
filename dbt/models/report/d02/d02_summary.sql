{# One row: the figures that the text of D02 quotes. #}
with

list as (
    select
        cast(count(*) as integer) as source_count,
        cast(count(case when is_high_risk then 1 end) as integer) as high_count,
        cast(count(case when grade = '中风险' then 1 end) as integer) as medium_count,
        cast(count(case when grade = '低风险' then 1 end) as integer) as low_count,
        cast(count(case when rank is null then 1 end) as integer) as unrated_count,
        cast(count(case when longitude is null then 1 end) as integer) as without_place_count,
        cast(count(case when has_part_year then 1 end) as integer) as partial_year_count,
        cast(count(case when confidence = '低' then 1 end) as integer) as low_confidence_count,
        cast(count(distinct case when park_no is not null then park_id end) as integer) as park_count,
        cast(count(distinct industry_code) as integer) as industry_count,
        {{ exact_sum('emission_air_kg') }} / 1000 as emission_air_t,
        {{ exact_sum('emission_water_kg') }} / 1000 as emission_water_t,
        {{ exact_sum('case when is_high_risk then share_pct end') }} as high_share_pct,
        {{ listagg_text("case when row_no <= 3 and is_high_risk then name end", '、', 'row_no') }} as first_names
    from {{ ref('d02_source') }}
),

matched as (
    select
        cast(sum(key_count) as integer) as key_count,
        cast(sum(queue_count) as integer) as queue_count,
        cast(sum(held_count) as integer) as held_count,
        sum(automatic_count + decided_count + new_count) / nullif(cast(sum(key_count) as double), 0) * 100 as matched_pct
    from {{ ref('d02_match') }}
),

complete as (
    select
        cast(count(*) as integer) as complete_rule_count,
        cast(count(case when has_failing then 1 end) as integer) as complete_failing_count
    from {{ ref('d02_completeness') }}
),

quality as (
    select
        cast(count(*) as integer) as quality_rule_count,
        cast(count(case when has_failing then 1 end) as integer) as quality_failing_count
    from {{ ref('d02_quality') }}
),

parameters as (
    select
        cast(max(case when parameter_id = 'screening.band_high_score' then value end) as double) as band_high_score,
        cast(max(case when parameter_id = 'screening.band_medium_score' then value end) as double) as band_medium_score,
        cast(cast(max(case when parameter_id = 'screening.source_draws' then value end) as double) as integer) as source_draws
    from {{ ref('parameter_used') }}
)

select
    'D02' as document_id,
    list.*,
    matched.*,
    complete.*,
    quality.*,
    parameters.*,
    (select cast(count(*) as integer) from {{ ref('dim_enterprise') }}) as enterprise_count,
    (select cast(count(*) as integer) from {{ ref('dim_receptor') }}) as receptor_count,
    (select cast(count(*) as integer) from {{ ref('d01_pollutant') }}) as pollutant_count,
    edition.assessment_year,
    edition.previous_edition,
    edition.edition_no
from list
cross join matched
cross join complete
cross join quality
cross join parameters
cross join {{ ref('edition') }} as edition
