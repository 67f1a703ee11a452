-- The catalogue of measures with the articles in force on the as-of date in words; those from memory are marked.
with

basis as (
    {{ articles_of_seed('measure_catalogue', 'measure_id') }}
)

select
    measure.measure_id,
    measure.applies_to,
    measure.grade,
    measure.zone_kind,
    measure.stage,
    measure.measure,
    measure.lead_unit_role as responsible,
    basis.legal_basis,
    measure.inspections_per_year,
    measure.grade_rule,
    measure.process,
    measure.sector,
    measure.pollutant_group,
    measure.expected_reduction_low,
    measure.expected_reduction_high,
    measure.cost_class,
    measure.check_item,
    measure.verified,
    {{ origin_seed('measure_catalogue', 'measure', {
        'measure_id': 'measure_id', 'applies_to': 'applies_to', 'grade': 'grade', 'zone_kind': 'zone_kind', 'stage': 'stage',
        'measure': 'measure', 'responsible': 'lead_unit_role', 'legal_basis': 'legal_basis_id',
        'inspections_per_year': 'inspections_per_year', 'expected_reduction_low': 'expected_reduction_low',
        'expected_reduction_high': 'expected_reduction_high'}) }} as _origin
from {{ seed_rows('measure_catalogue') }} as measure
left join basis on basis.measure_id = measure.measure_id
