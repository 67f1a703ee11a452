-- Factors that were published before this build: of the profile's last release, and of the literature in seed published_factor
-- (limits of rules are none; doubtful rows decide nothing). The interval is the stated one, else that of the letter, E where none is.
with

literature as (
    select
        'published:' || known.factor_id as factor_id,
        cast(known.year as {{ type_string() }}) as version,
        'literature' as origin_kind,
        known.process_id,
        known.product,
        known.stage,
        known.medium,
        known.cas_no as pollutant_id,
        case when known.control_state in ('controlled', 'uncontrolled') then known.control_state end as control_state,
        known.value_kg_per_t as factor,
        'kg/t' as unit,
        case when known.value_low < known.value_high then known.value_low * known.value_kg_per_t / known.value end as stated_low,
        case when known.value_low < known.value_high then known.value_high * known.value_kg_per_t / known.value end as stated_high,
        coalesce(known.rating, 'E') as rating,
        known.representativeness,
        cast(null as integer) as n_enterprises,
        known.region,
        known.source,
        known.verified,
        {{ origin_seed('published_factor', 'known', {
            'factor': 'value_kg_per_t', 'rating': 'rating', 'source': 'source', 'process_id': 'process_id',
            'pollutant_id': 'cas_no', 'control_state': 'control_state'}) }} as _origin
    from {{ seed_rows('published_factor') }} as known
    where
        known.verified <> 'doubtful'
        and known.value_kg_per_t > 0
        and known.cas_no is not null
        and known.control_state in ('uncontrolled', 'controlled', 'not stated', 'typical abatement', 'with condensers')
),

released as (
    select
        'released:' || released.factor_id as factor_id,
        released.version,
        'released' as origin_kind,
        released.process_id,
        released.product,
        released.stage,
        released.medium,
        released.pollutant_id,
        released.control_state,
        released.factor,
        released.unit,
        coalesce(released.prediction_low, released.ci_low) as stated_low,
        coalesce(released.prediction_high, released.ci_high) as stated_high,
        coalesce(released.rating, 'E') as rating,
        released.representativeness,
        released.n_enterprises,
        cast(null as {{ type_string() }}) as region,
        released.file || ' 第' || {{ to_text('released.line') }} || '行' as source,
        'own' as verified,
        {{ origin_profile("'factors/' || released.file || ':' || released.factor_id", value='released.factor', column_name='factor') }}
        as _origin
    from {{ ref('stg_intake__released_factors') }} as released
),

known as (
    select * from released
    union all
    select * from literature
)

select
    known.factor_id,
    coalesce(known.version, 'unknown') as version,
    known.origin_kind,
    known.process_id,
    known.product,
    known.stage,
    known.medium,
    known.pollutant_id,
    known.control_state,
    known.factor,
    known.unit,
    coalesce(known.stated_low, known.factor * spread.low_factor) as factor_low,
    coalesce(known.stated_high, known.factor * spread.high_factor) as factor_high,
    known.stated_low is not null as is_interval_stated,
    known.rating,
    known.representativeness,
    known.n_enterprises,
    known.region,
    known.source,
    known.verified,
    known._origin
from known
left join {{ ref('int_inventory__emission_grades_spread') }} as spread on spread.quality = known.rating
