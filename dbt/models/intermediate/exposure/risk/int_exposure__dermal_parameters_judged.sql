-- What a substance needs to pass the skin, and whether its permeability is an extrapolation (effective prediction domain of RAGS E;
-- null: inorganic, or molar mass or log Kow unknown). Doubtful rows decide nothing.
with

parameter as (
    select
        parameter.cas_no as pollutant_id,
        parameter.kp_cm_h,
        parameter.tau_event_h,
        parameter.t_star_h,
        parameter.b,
        case when parameter.abs_gi_verified <> 'doubtful' then parameter.abs_dermal end as abs_dermal,
        coalesce(substance.substance_class, '') not in ('metal', 'inorganic', 'inorganic_gas') as is_organic,
        substance.molar_mass_g_mol,
        substance.log_kow
    from {{ ref('dermal_parameter') }} as parameter
    left join {{ ref('dim_pollutant') }} as substance on substance.pollutant_id = parameter.cas_no
    where parameter.verified <> 'doubtful'
)

select
    pollutant_id,
    kp_cm_h,
    tau_event_h,
    t_star_h,
    b,
    abs_dermal,
    is_organic,
    case when is_organic then {{ in_prediction_domain('molar_mass_g_mol', 'log_kow') }} end as is_in_prediction_domain
from parameter
