{{ config(alias='unit_conversion') }}

-- The table is core.unit_conversion; the model has another name because the seed it publishes bears that one.
select
    units.unit,
    units.quantity,
    units.canonical_unit,
    units.factor,
    units.source_ref,
    units.verified,
    {{ origin_seed('unit_conversion', 'units', ['unit', 'quantity', 'canonical_unit', 'factor']) }} as _origin
from {{ seed_rows('unit_conversion') }} as units
