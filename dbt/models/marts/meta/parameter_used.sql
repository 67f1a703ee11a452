-- Parameters that models use, with where each comes from: seeds (law, methods, our own choices) and the profile. A parameter
-- that a later issue uses joins here through its seed.
with

constants as (
    select
        constant.parameter_id,
        constant.used_by,
        {{ to_text('constant.value') }} as value,
        constant.unit,
        constant.source_ref,
        constant.verified,
        {{ origin_seed('method_parameter', 'constant', {'value': 'value', 'unit': 'unit'}) }} as _origin
    from {{ seed_rows('method_parameter') }} as constant
),

inventory as (
    select
        parameter.parameter_id,
        parameter.used_by,
        {{ to_text('parameter.value') }} as value,
        parameter.unit,
        parameter.source_ref,
        parameter.verified,
        {{ origin_seed('inventory_parameter', 'parameter', {'value': 'value', 'unit': 'unit'}) }} as _origin
    from {{ seed_rows('inventory_parameter') }} as parameter
),

method_tiers as (
    select
        'emission_method_tier.' || method.method as parameter_id,
        'inventory.emission_claim' as used_by,
        {{ to_text('method.tier') }} as value,
        '1' as unit,
        method.source_ref,
        method.verified,
        {{ origin_seed('emission_method', 'method', {'value': 'tier'}) }} as _origin
    from {{ seed_rows('emission_method') }} as method
),

uncertainties as (
    select
        'emission_half_width.' || grade.quality as parameter_id,
        'inventory.emission' as used_by,
        {{ to_text('grade.half_width') }} as value,
        '1' as unit,
        grade.source_ref,
        grade.verified,
        {{ origin_seed('emission_uncertainty', 'grade', {'value': 'half_width'}) }} as _origin
    from {{ seed_rows('emission_uncertainty') }} as grade
),

correlations as (
    select
        'emission_errors_shared_by.' || correlation.method as parameter_id,
        'inventory.emission_total' as used_by,
        correlation.errors_shared_by as value,
        cast(null as {{ type_string() }}) as unit,
        correlation.source_ref,
        correlation.verified,
        {{ origin_seed('emission_correlation', 'correlation', {'value': 'errors_shared_by'}) }} as _origin
    from {{ seed_rows('emission_correlation') }} as correlation
),

screening as (
    select
        parameter.parameter_id,
        parameter.used_by,
        {{ to_text('parameter.value') }} as value,
        parameter.unit,
        parameter.source_ref,
        parameter.verified,
        parameter.origin as _origin
    from {{ ref('int_inventory__screening_parameters_chosen') }} as parameter
),

screening_bins as (
    select
        'screening_bin.' || bin.criterion || '.' || bin.medium || '.' || {{ to_text('cast(bin.score as integer)') }} as parameter_id,
        'inventory.risk_pollutant' as used_by,
        {{ to_text('bin.lower_bound') }} as value,
        bin.unit,
        bin.source_ref,
        bin.verified,
        {{ origin_seed('screening_bin', 'bin', {'value': 'lower_bound', 'unit': 'unit'}) }} as _origin
    from {{ seed_rows('screening_bin') }} as bin
),

screening_classes as (
    select
        'screening_class.' || class.attribute || '.' || class.code as parameter_id,
        'inventory.risk_pollutant' as used_by,
        {{ to_text('class.score') }} as value,
        '1' as unit,
        class.source_ref,
        class.verified,
        {{ origin_seed('screening_class_score', 'class', {'value': 'score'}) }} as _origin
    from {{ seed_rows('screening_class_score') }} as class
),

profile as (
    select
        parameter.parameter_id,
        'profile' as used_by,
        parameter.value,
        parameter.unit,
        parameter.source_ref,
        parameter.verified,
        {{ origin_profile('parameter.parameter_id', value='parameter.value', column_name='value') }} as _origin
    from {{ source('intake', 'profile_parameter') }} as parameter
)

select * from constants
union all
select * from inventory
union all
select * from method_tiers
union all
select * from uncertainties
union all
select * from correlations
union all
select * from screening
union all
select * from screening_bins
union all
select * from screening_classes
union all
select * from profile
