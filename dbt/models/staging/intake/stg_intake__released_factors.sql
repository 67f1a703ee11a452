-- Factors of the last published manual that the profile holds (profiles/<area>/factors/).
select
    -- ids
    released.factor_id,
    released.version,
    released.process_id,
    released.pollutant_id,
    released.technology_id,
    -- text
    released.product,
    released.feedstock,
    released.scale_class,
    released.stage,
    released.medium,
    released.control_state,
    released.unit,
    released.rating,
    released.representativeness,
    released.interval_method,
    released.file,
    -- numbers
    released.factor,
    released.ci_low,
    released.ci_high,
    released.prediction_low,
    released.prediction_high,
    cast(released.n_enterprises as integer) as n_enterprises,
    released.line
from {{ source('intake', 'released_factor') }} as released
