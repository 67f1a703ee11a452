-- How the model and the monitor agree over the sites where both are known: modelled + background against the measured mean of the year, at
-- sites that are no background themselves. FAC2: share of sites within a factor of 2; normalised mean bias: Σ(M − O)/ΣO; correlation:
-- Pearson over sites, from three sites on. Without a background site the modelled part stands alone and the bias holds what is missing.
with

pair as (
    select
        measured.medium,
        measured.pollutant_id,
        measured.period,
        measured.unit,
        measured.mean as observed,
        modelled.concentration + coalesce(modelled.background, 0) as predicted,
        modelled.background is not null as has_background
    from {{ ref('int_exposure__site_means_chosen') }} as measured
    inner join {{ ref('modelled_concentration') }} as modelled
        on modelled.place_id = measured.site_id
        and modelled.medium = measured.medium
        and modelled.pollutant_id = measured.pollutant_id
        and modelled.unit = measured.unit
    where
        coalesce(measured.site_role, '') <> 'background'
        and measured.mean > 0
        and measured.detection_rate >= 0.5
        and modelled.concentration is not null
),

summed as (
    select
        medium,
        pollutant_id,
        period,
        unit,
        bool_or(has_background) as has_background,
        cast(count(*) as integer) as n,
        {{ exact_mean('observed') }} as mean_observed,
        {{ exact_mean('predicted') }} as mean_predicted,
        {{ exact_mean('case when predicted between observed / 2 and observed * 2 then 1 else 0 end') }} as fac2,
        {{ exact_mean('observed * predicted') }} as mean_product,
        {{ exact_mean('observed * observed') }} as mean_observed_squared,
        {{ exact_mean('predicted * predicted') }} as mean_predicted_squared
    from pair
    group by medium, pollutant_id, period, unit
),

spread as (
    select
        *,
        mean_observed_squared - mean_observed * mean_observed as variance_observed,
        mean_predicted_squared - mean_predicted * mean_predicted as variance_predicted
    from summed
)

select
    medium,
    pollutant_id,
    period,
    n,
    fac2,
    (mean_predicted - mean_observed) / mean_observed as normalised_mean_bias,
    case
        when n >= 3 and variance_observed > 1e-9 * mean_observed_squared and variance_predicted > 1e-9 * mean_predicted_squared
            then
                greatest(-1.0, least(1.0,
                    (mean_product - mean_observed * mean_predicted) / sqrt(variance_observed * variance_predicted)))
    end as correlation,
    mean_observed,
    mean_predicted,
    unit,
    has_background
from spread
