{# All that grades a risk source, one row each: loads, management, vetoes, what is not known. Incomplete: a substance whose release
   nobody states, too little of the kg with a weight of its own, or too much of the load in a receiving body with unknown users. #}
with

parameter as (
    select
        max(case when parameter_id = 'grading.confidence_high' then value end) as high_share,
        max(case when parameter_id = 'grading.confidence_medium' then value end) as medium_share,
        max(case when parameter_id = 'grading.covered_share' then value end) as covered_share
    from {{ ref('int_core__parameter_values_chosen') }}
),

load as (
    select
        enterprise_id,
        {{ exact_sum('weighted_kg') }} as hazard_load,
        {{ exact_sum('case when weighted_kg is not null then emission_kg end') }} as emission_kg,
        {{ exact_sum('case when weighted_kg is not null then measured_weighted_kg end') }} as measured_load,
        bool_or(lacks_weight) as lacks_weight,
        {{ exact_sum('case when weighted_kg is not null or lacks_weight then emission_kg end') }} as weighable_kg,
        coalesce({{ exact_sum('case when reaches_receiving_body then weighted_kg end') }}, 0) as receiver_load
    from {{ ref('int_risk_grade__releases_loaded') }}
    group by enterprise_id
),

joined as (
    select
        source.enterprise_id,
        source.lacks_place,
        source.lacks_release,
        load.hazard_load,
        load.emission_kg,
        load.measured_load / nullif(load.hazard_load, 0) as measured_share,
        coalesce(load.emission_kg, 0) / nullif(load.weighable_kg, 0) as covered_share,
        case when receptor.lacks_receiver then load.receiver_load / nullif(load.hazard_load, 0) end as receiver_share,
        receptor.receptor_load,
        receptor.receptor_factor,
        receptor.receptor_basis,
        receptor.outlet_ids,
        receptor.lacks_receiver,
        management.management_score,
        management.management_low,
        management.management_high,
        management.answer_count,
        veto.veto_cancer_risk,
        veto.veto_hazard_index,
        veto.veto_place_ids,
        veto.is_assessed,
        veto.is_carcinogen_unmonitored,
        veto.unmonitored_carcinogens
    from {{ ref('int_inventory__risk_sources_gathered') }} as source
    inner join {{ ref('int_risk_grade__receptors_loaded') }} as receptor on receptor.enterprise_id = source.enterprise_id
    inner join {{ ref('int_risk_grade__vetoes_found') }} as veto on veto.enterprise_id = source.enterprise_id
    left join load on load.enterprise_id = source.enterprise_id
    left join {{ ref('int_risk_grade__management_scored') }} as management on management.enterprise_id = source.enterprise_id
)

select
    joined.*,
    joined.lacks_release or coalesce(joined.covered_share, 0) < parameter.covered_share
    or coalesce(joined.receiver_share, 0) > 1 - parameter.covered_share as is_incomplete,
    case
        when joined.lacks_place or joined.measured_share is null then 'low'
        when joined.measured_share >= parameter.high_share then 'high'
        when joined.measured_share >= parameter.medium_share then 'medium'
        else 'low'
    end as data_confidence,
    joined.lacks_place or coalesce(joined.measured_share, 0) < parameter.medium_share as is_confidence_low
from joined
cross join parameter
