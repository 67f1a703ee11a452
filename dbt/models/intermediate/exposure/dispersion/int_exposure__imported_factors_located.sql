{{ config(pre_hook=["{{ load_spatial() }}"]) }}

-- Imported factors with their place in the metric system of the profile; a projection that is not stated is that of the profile.
with placed as (
    select
        factor.*,
        coalesce(
            {{ to_metric(point_of('factor.longitude', 'factor.latitude'), 'fact.crs_metric') }},
            {{ between_systems(
                point_of('factor.x_m', 'factor.y_m'), 'coalesce(factor.projection, fact.crs_metric)', 'fact.crs_metric'
            ) }}
        ) as point
    from {{ ref('int_exposure__imported_factors_read') }} as factor
    cross join {{ ref('stg_geography__profile_facts') }} as fact
)

select
    outlet_id,
    receptor_code,
    {{ x_of('point') }} as east_m,
    {{ y_of('point') }} as north_m,
    averaging_time,
    met_year,
    model_kind,
    chi_over_q_s_m3,
    file_no
from placed
