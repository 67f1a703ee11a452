select
    weight.pollutant_id,
    weight.inhalation_weight,
    weight.oral_weight,
    case when weight.inhalation_is_cancer then 'cancer' else 'chronic' end as inhalation_basis,
    case when weight.oral_is_cancer then 'cancer' else 'chronic' end as oral_basis,
    weight.inhalation_is_borrowed,
    weight.oral_is_borrowed,
    gathered.evidence_is_weak,
    gathered.has_value_from_memory,
    gathered.has_transferred_value
from {{ ref('int_core__toxicity_weighted') }} as weight
inner join {{ ref('int_core__toxicity_gathered') }} as gathered on gathered.pollutant_id = weight.pollutant_id
