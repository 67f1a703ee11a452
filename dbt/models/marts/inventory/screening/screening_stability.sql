select
    scenario,
    spearman,
    kendall,
    pollutant_count,
    'inventory.risk_pollutant' as used_by
from {{ ref('int_inventory__screening_stability_measured') }}
