{# Face of each high-risk source: half a page. #}
select
    row_no,
    enterprise_id,
    name,
    credit_code,
    permit_no,
    park_name,
    industry,
    management_class,
    status,
    rank_band,
    score,
    share_pct,
    confidence,
    key_pollutants,
    emission_air_kg,
    emission_water_kg,
    toxicity_weighted_index,
    nearest_receptor,
    population_within_1km,
    population_within_3km,
    reasons,
    dossier_no
from {{ ref('d02_source') }}
where is_high_risk
