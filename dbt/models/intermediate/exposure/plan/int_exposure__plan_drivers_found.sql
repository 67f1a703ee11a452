{# Substances that drive the risk at a place, by medium through which they act there: those that lead the risk of all ways
   (`is_overall`), and in a medium through which none of those acts the one with the largest cancer risk and the one with the largest hazard
   quotient, so that a site can be asked for something in its own medium. #}
with

named as (
    select place_id, driver_pollutant_id as pollutant_id
    from {{ ref('health_risk_total') }}
    where driver_pollutant_id is not null and population_group <> 'worker'
    union distinct
    select place_id, driver_noncancer_pollutant_id as pollutant_id
    from {{ ref('health_risk_total') }}
    where driver_noncancer_pollutant_id is not null and population_group <> 'worker'
),

acting as (
    select
        risk.place_id,
        risk.medium,
        risk.pollutant_id,
        max(case when not coalesce(risk.is_bounding, false) then risk.cancer_risk end) as known_cancer_risk,
        max(case when not coalesce(risk.is_bounding, false) then risk.hazard_quotient end) as known_hazard_quotient,
        max(case when named.place_id is not null then 1 else 0 end) = 1 as is_named
    from {{ ref('health_risk') }} as risk
    left join named on named.place_id = risk.place_id and named.pollutant_id = risk.pollutant_id
    where risk.population_group <> 'worker' and (risk.cancer_risk > 0 or risk.hazard_quotient > 0)
    group by risk.place_id, risk.medium, risk.pollutant_id
),

placed as (
    select
        acting.*,
        bool_or(acting.is_named) over (partition by acting.place_id, acting.medium) as has_named,
        row_number() over (
            partition by acting.place_id, acting.medium
            order by acting.known_cancer_risk desc nulls last, acting.pollutant_id asc nulls last
        ) as cancer_place,
        row_number() over (
            partition by acting.place_id, acting.medium
            order by acting.known_hazard_quotient desc nulls last, acting.pollutant_id asc nulls last
        ) as hazard_place
    from acting
)

select
    place_id,
    medium,
    pollutant_id,
    is_named as is_overall
from placed
where
    is_named
    or (
        not has_named
        and ((cancer_place = 1 and known_cancer_risk > 0) or (hazard_place = 1 and known_hazard_quotient > 0))
    )
