{# Outlets of the permits, and those that only a release or a treatment facility names. #}
with

mentioned as (
    select
        outlet_id,
        enterprise_id,
        min(outlet_kind) as outlet_kind
    from {{ ref('int_inventory__emission_claims_united') }}
    group by outlet_id, enterprise_id
),

first_claim as (
    select outlet_id, origin
    from {{ ref('int_inventory__emission_claims_united') }}
    qualify row_number() over (partition by outlet_id order by claim_id asc nulls last) = 1
),

outlet as (
    select
        coalesce(permit_outlet.outlet_id, mentioned.outlet_id) as outlet_id,
        coalesce(permit_outlet.enterprise_id, mentioned.enterprise_id) as enterprise_id,
        case
            when permit_outlet.outlet_id is not null then coalesce(permit_outlet.outlet_kind, mentioned.outlet_kind, 'unknown')
            when mentioned.outlet_id = mentioned.enterprise_id || ':fugitive' then 'fugitive'
            when mentioned.outlet_id = mentioned.enterprise_id || ':site' then 'site'
            when mentioned.outlet_id = mentioned.enterprise_id || ':unknown' then 'unknown'
            else coalesce(mentioned.outlet_kind, 'unknown')
        end as outlet_kind,
        permit_outlet.outlet_name,
        permit_outlet.longitude,
        permit_outlet.latitude,
        permit_outlet.height_m,
        permit_outlet.diameter_m,
        permit_outlet.temperature_k,
        permit_outlet.is_temperature_assumed,
        permit_outlet.velocity_m_s,
        permit_outlet.source_width_m,
        permit_outlet.discharge_to,
        permit_outlet.water_body,
        {{ origin_join([
            origin_cells('permit_outlet', 'permit_outlet', {
                'outlet_id': 'outlet_no', 'outlet_kind': 'outlet_kind', 'outlet_name': 'outlet_name',
                'longitude': 'longitude', 'latitude': 'latitude', 'height_m': 'height_m', 'diameter_m': 'diameter_m',
                'velocity_m_s': 'velocity_m_s', 'source_width_m': 'source_width_m', 'discharge_to': 'discharge_to',
                'water_body': 'water_body'}),
            'case when ' ~ json_text('permit_outlet._cells', 'temperature_c') ~ ' is not null then '
            ~ origin_cells('permit_outlet', 'permit_outlet', {'temperature_k': 'temperature_c'}) ~ ' else '
            ~ origin_cells('permit_outlet', 'permit_outlet', {'temperature_k': 'temperature_k'}) ~ ' end',
            'case when permit_outlet.outlet_id is null then first_claim.origin end',
        ]) }} as origin
    from {{ ref('int_inventory__outlets_unioned') }} as permit_outlet
    full outer join mentioned on mentioned.outlet_id = permit_outlet.outlet_id
    left join first_claim on first_claim.outlet_id = mentioned.outlet_id
)

select
    outlet.outlet_id,
    outlet.enterprise_id,
    outlet.outlet_kind,
    outlet.outlet_name,
    case
        when enterprise.status in ('stopped', 'merged', 'closed') then false
        when enterprise.status = 'operating' then true
    end as is_active,
    outlet.longitude,
    outlet.latitude,
    outlet.height_m,
    outlet.diameter_m,
    outlet.temperature_k,
    coalesce(outlet.is_temperature_assumed, false) as is_temperature_assumed,
    outlet.velocity_m_s,
    outlet.source_width_m,
    outlet.discharge_to,
    outlet.water_body,
    outlet.origin as _origin
from outlet
left join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = outlet.enterprise_id
