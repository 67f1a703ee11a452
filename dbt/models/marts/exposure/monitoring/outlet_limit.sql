-- Concentration that a permit allows at an outlet, in canonical units. Stack concentrations are of dry gas at 0 degrees C in permits and
-- in results alike, so a cubic metre is a standard one there. The yearly columns of a permit repeat the concentration; of several
-- figures the strictest is the limit.
select
    {{ id16(["'permit_limit'", 'outlet.outlet_id', 'stated.pollutant_id']) }} as limit_id,
    outlet.outlet_id,
    stated.pollutant_id,
    coalesce(stated.standard, '排污许可证') as standard_code,
    stated.concentration_limit * conversion.factor as limit_value,
    replace(conversion.canonical_unit, 'Nm3', 'm3') as unit,
    {{ origin_cells('permit_limit', 'stated', {
        'limit_value': 'concentration_limit', 'standard_code': 'standard', 'outlet_id': 'outlet_no'}) }} as _origin
from {{ ref('stg_permit__limits') }} as stated
inner join
    {{ ref('int_inventory__enterprise_matched') }} as matched
    on matched.source = 'permit' and matched.source_key = stated.permit_no
inner join {{ ref('dim_outlet') }} as outlet on outlet.outlet_id = matched.enterprise_id || ':' || stated.outlet_no
left join {{ ref('unit_alias') }} as written on written.alias = stated.concentration_limit_unit
inner join {{ ref('unit_conversion') }} as conversion
    on conversion.unit = coalesce(written.unit, stated.concentration_limit_unit)
where stated.concentration_limit > 0 and stated.pollutant_id is not null
qualify
    row_number() over (
        partition by outlet.outlet_id, stated.pollutant_id
        order by
            stated.concentration_limit * conversion.factor asc nulls last, stated._file_no asc nulls last,
            stated._sheet asc nulls last, stated._row asc nulls last, stated._field asc nulls last, stated._record_id asc nulls last
    ) = 1
