-- In which unit documents print a concentration; what has no row is printed in its canonical unit. A row of the seed without a substance
-- holds for all substances of its medium that have no row of their own.
with

rule as (
    select
        rules.*,
        conversion.factor as canonical_per_display
    from {{ seed_rows('display_unit_rule') }} as rules
    inner join {{ ref('unit_conversion') }} as conversion
        on conversion.unit = rules.display_unit and conversion.canonical_unit = rules.canonical_unit
),

medium_rule as (
    select
        rule.*,
        substance.pollutant_id as substance_id
    from rule
    cross join {{ ref('dim_pollutant') }} as substance
    left join rule as own
        on own.medium = rule.medium
        and own.canonical_unit = rule.canonical_unit
        and own.pollutant_id = substance.pollutant_id
    where rule.pollutant_id is null and own.pollutant_id is null
),

applied as (
    select * from medium_rule
    union all
    select
        rule.*,
        rule.pollutant_id as substance_id
    from rule
    where rule.pollutant_id is not null
)

select
    applied.medium,
    applied.substance_id as pollutant_id,
    applied.canonical_unit,
    applied.display_unit,
    applied.canonical_per_display,
    applied.source_ref,
    applied.verified,
    {{ origin_seed('display_unit_rule', 'applied', {
        'medium': 'medium', 'pollutant_id': 'pollutant_id', 'canonical_unit': 'canonical_unit', 'display_unit': 'display_unit',
        'canonical_per_display': 'display_unit'}) }} as _origin
from applied
