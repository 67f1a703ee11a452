-- Tiers, uncertainties and shared errors of the accounting methods, as meta.parameter_used lists them.
{{ seed_parameters('emission_method', 'inventory.emission_claim', "'emission_method_tier.' || entry.method", 'tier') }}
union all
{{ seed_parameters('emission_uncertainty', 'inventory.emission', "'emission_half_width.' || entry.quality", 'half_width') }}
union all
{{ seed_parameters('emission_correlation', 'inventory.emission_total', "'emission_errors_shared_by.' || entry.method", 'errors_shared_by',
    unit='cast(null as ' ~ type_string() ~ ')') }}
