-- Receptor load of each source by its outlets: their Σ people × χ/Q, weighted by the kg that the load is made of. Weights sum to 1 over
-- the outlets that have a factor.
select
    enterprise_id,
    {{ exact_sum('emission_t * person_s_m3') }} / {{ exact_sum('emission_t') }} as receptor_load,
    {{ list_agg_distinct('outlet_id') }} as outlet_ids
from {{ ref('int_risk_grade__outlets_reached') }}
group by enterprise_id
