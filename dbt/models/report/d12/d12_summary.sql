{# One row: the figures that the text of D12 quotes. #}
with

zone as (
    select
        max(scored.index) as zone_index,
        max(scored.index_low) as zone_low,
        max(scored.index_high) as zone_high,
        max(scored.level) as zone_level_code,
        100 * max(scored.coverage_share) as zone_coverage_pct
    from {{ ref('annual_index') }} as scored
    inner join {{ ref('dim_area') }} as area on area.area_id = scored.area_id and area.area_kind = 'area'
    inner join {{ ref('edition') }} as edition on edition.assessment_year = scored.year
),

change as (
    select {{ exact_sum('part.change_from_last_year') }} as zone_change
    from {{ ref('contribution') }} as part
    inner join {{ ref('dim_area') }} as area on area.area_id = part.area_id and area.area_kind = 'area'
    inner join {{ ref('edition') }} as edition on edition.assessment_year = part.year
),

basis as (
    select
        cast(count(*) as integer) as known_count,
        cast(count(case when known.origin = 'computed' then 1 end) as integer) as computed_count,
        cast(count(case when known.origin = 'reported' then 1 end) as integer) as reported_count
    from {{ ref('indicator_value') }} as known
    inner join {{ ref('dim_area') }} as area on area.area_id = known.area_id and area.area_kind = 'area'
    inner join {{ ref('edition') }} as edition on edition.assessment_year = known.year
),

indicators as (
    select
        cast(count(*) as integer) as indicator_count,
        cast(count(case when is_computed then 1 end) as integer) as computable_count
    from {{ ref('indicator') }}
),

matrices as (
    select
        cast(count(*) as integer) as matrix_count,
        cast(count(case when is_accepted then 1 end) as integer) as accepted_count,
        cast(count(case when not is_accepted then 1 end) as integer) as refused_count
    from {{ ref('expert_matrix') }}
),

flagged as (
    select
        cast(count(case when {{ list_has('flags', "'correlated'") }} then 1 end) as integer) as correlated_count,
        cast(count(case when {{ list_has('flags', "'outlier'") }} then 1 end) as integer) as outlier_count,
        cast(count(case when {{ list_has('flags', "'constant'") }} then 1 end) as integer) as constant_count
    from {{ ref('indicator_diagnostic') }}
),

refusals as (
    select
        max(case when method = 'entropy' then refusal end) as entropy_code,
        max(case when method = 'critic' then refusal end) as critic_code
    from {{ ref('weight') }}
)

select
    'D12' as document_id,
    zone.zone_index,
    zone.zone_low,
    zone.zone_high,
    {{ code_word('zone.zone_level_code', 'level_of_index') }} as zone_level,
    zone.zone_coverage_pct,
    change.*,
    basis.*,
    indicators.*,
    matrices.*,
    flagged.*,
    coalesce({{ code_word('refusals.entropy_code', 'weight_refusal') }}, '可以给出') as entropy_outcome,
    coalesce({{ code_word('refusals.critic_code', 'weight_refusal') }}, '可以给出') as critic_outcome,
    edition.assessment_year,
    edition.edition_no
from zone
cross join change
cross join basis
cross join indicators
cross join matrices
cross join flagged
cross join refusals
cross join {{ ref('edition') }} as edition
