{# What the inventory of the assessment year lacks and what that does to it. Texts are a seed; only those that apply are here. #}
with

build as (
    select assessment_year as year from {{ ref('int_inventory__assessment_year_chosen') }}
),

claim_gap as (
    select
        claim.rule as gap_id,
        cast(count(*) as integer) as item_count
    from {{ ref('emission_claim') }} as claim
    inner join build on build.year = claim.year
    where
        claim.rule in ('HELD-LEGAL-ENTITY', 'UNIT-SLIP', 'VALUE-MISSING', 'UNIT-NOT-MASS')
        or (claim.rule in ('PARTIAL-YEAR', 'LEAKS-ONLY') and claim.is_winner)
    group by claim.rule
),

substance_gap as (
    select
        'SUBSTANCE-UNKNOWN' as gap_id,
        cast(count(distinct emission.pollutant_id) as integer) as item_count
    from {{ ref('emission') }} as emission
    inner join build on build.year = emission.year
    left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = emission.pollutant_id
    where pollutant.pollutant_group is null
),

park_gap as (
    select
        'PARK-UNKNOWN' as gap_id,
        cast(count(*) as integer) as item_count
    from {{ ref('dim_enterprise') }}
    where park_id is null
),

{# pollutants released to the air that the model does not reach: no weather, or no place #}
exposure_gap as (
    select
        'EXPOSURE-UNMODELLED' as gap_id,
        cast(count(*) as integer) as item_count
    from {{ ref('risk_pollutant') }}
    where emission_air_kg > 0 and population_weighted_ug_m3 is null
),

averaging_gap as (
    select
        'AVERAGING-ASSUMED' as gap_id,
        cast(sum(assumed_averaging_count) as integer) as item_count
    from {{ ref('int_inventory__detections_counted') }}
),

hazard_gap as (
    select
        'HAZARD-UNKNOWN' as gap_id,
        cast(count(*) as integer) as item_count
    from {{ ref('risk_pollutant') }}
    where is_present and score is null
),

{# ids that are no CAS number and no pollutant of the reference table #}
identity_gap as (
    select
        'SUBSTANCE-NO-CAS' as gap_id,
        cast(count(distinct present.pollutant_id) as integer) as item_count
    from {{ ref('int_inventory__pollutants_present') }} as present
    left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = present.pollutant_id
    where pollutant.pollutant_id is null or (pollutant.is_group and pollutant.pollutant_group is null)
),

named as (
    {{ substances_by_plain_name() }}
),

{# lines of the site survey, where the CAS number may be left open, that no name makes a substance of #}
nameless_gap as (
    select
        'MATERIAL-NO-CAS' as gap_id,
        cast(count(distinct stated.item) as integer) as item_count
    from {{ ref('int_inventory__quantities_unioned') }} as stated
    left join named on named.plain_name = {{ plain_name('stated.item') }}
    where stated.source = 'site_survey' and stated.cas_no is null and named.pollutant_id is null
),

source_gap as (
    select
        'SOURCE-NOT-BANDED' as gap_id,
        cast(count(*) as integer) as item_count
    from {{ ref('risk_source') }}
    where band is null
),

first_edition_gap as (
    select
        'FIRST-EDITION' as gap_id,
        cast(null as integer) as item_count
    from {{ source('intake', 'build') }}
    where previous_edition is null
),

{# entries in crowded places, and those whose name or address very many give, were not compared with all that are alike #}
cut_block as (
    select {{ unnest_list('cut_blocks') }} as block_kind
    from {{ ref('int_inventory__entities_matched') }}
),

cut_gap as (
    select
        'MATCH-CUT-' || upper(block_kind) as gap_id,
        cast(count(*) as integer) as item_count
    from cut_block
    group by block_kind
),

gap as (
    select gap_id, item_count from claim_gap
    union all
    select gap_id, item_count from cut_gap
    union all
    select gap_id, item_count from first_edition_gap
    union all
    select gap_id, item_count from substance_gap where item_count > 0
    union all
    select gap_id, item_count from park_gap where item_count > 0
    union all
    select gap_id, item_count from exposure_gap where item_count > 0
    union all
    select gap_id, item_count from averaging_gap where item_count > 0
    union all
    select gap_id, item_count from hazard_gap where item_count > 0
    union all
    select gap_id, item_count from identity_gap where item_count > 0
    union all
    select gap_id, item_count from nameless_gap where item_count > 0
    union all
    select gap_id, item_count from source_gap where item_count > 0
)

select
    gap.gap_id,
    gap_text.subject,
    gap_text.missing,
    gap_text.effect,
    gap.item_count,
    {{ origin_seed('inventory_gap_text', 'gap_text', ['gap_id', 'subject', 'missing', 'effect']) }} as _origin
from gap
inner join {{ seed_rows('inventory_gap_text') }} as gap_text on gap_text.gap_id = gap.gap_id
