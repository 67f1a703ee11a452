-- Every pollutant that is listed or present, with what its scores are made of. Present = emitted, used, permitted (by a site)
-- or detected in the environment. Left out: groups and sums (VOCs, NMHC, COD), whose members stand for themselves, and the
-- criteria pollutants of GB 3095 (SO2, NO2, CO, O3, particles) unless a list names them: they have their own control.
with

gate as (
    select
        listed.pollutant_id,
        bool_or(gate.gates) as is_listed,
        {{ list_agg_distinct('gate.reason_code') }} as gate_codes
    from {{ ref('int_core__pollutant_lists_joined') }} as listed
    inner join {{ ref('screening_gate') }} as gate on gate.list_code = listed.list_code
    where listed.decides
    group by listed.pollutant_id
),

released as (
    select
        pollutant_id,
        {{ exact_sum('weighted_kg') }} as toxicity_weighted_kg,
        {{ exact_sum('weighted_kg * people_reached') }} as exposure_sum,
        cast(count(distinct case when weighted_kg > 0 and people_reached is null then enterprise_id end) as integer)
            as sites_without_population,
        bool_or(weighted_kg > 0 and reaches_receiving_body) as lacks_receiver
    from {{ ref('int_inventory__site_releases_weighted') }}
    group by pollutant_id
),

release_scored as (
    select
        pollutant_id,
        max(score) as release_score
    from {{ ref('int_inventory__pollutant_releases_scored') }}
    group by pollutant_id
),

present as (
    select
        pollutant_id,
        cast(count(distinct case when not is_held then enterprise_id end) as integer) as enterprise_count,
        bool_or(is_held) as is_held,
        bool_or(is_emitted) as is_emitted,
        bool_or(is_used) as is_used,
        bool_or(is_permitted) as is_permitted,
        bool_or(has_unknown_quantity) as has_unknown_quantity,
        {{ exact_sum('use_t') }} as use_t
    from {{ ref('int_inventory__pollutants_present') }}
    where is_emitted or is_used or is_permitted
    group by pollutant_id
)

select
    pollutant.pollutant_id,
    pollutant.substance_class,
    case
        when {{ regexp_like('pollutant.iarc_group', '^(1|2A|2B|3)( |$)') }} then split_part(pollutant.iarc_group, ' ', 1)
    end as iarc_code,
    pollutant.log_kow,
    greatest(weight.inhalation_weight, weight.oral_weight) as largest_weight,
    coalesce(gate.is_listed, false) as is_listed,
    coalesce(gate.gate_codes, {{ text_to_list("''") }}) as gate_codes,
    coalesce(present.enterprise_count, 0) as enterprise_count,
    coalesce(present.is_emitted, false) as is_emitted,
    coalesce(present.is_used, false) as is_used,
    coalesce(present.is_permitted, false) as is_permitted,
    coalesce(present.is_held, false) as is_held,
    coalesce(detection.detected_count, 0) > 0 as is_detected,
    coalesce(present.has_unknown_quantity, false) as has_unknown_quantity,
    present.use_t,
    polymer.cas_no is not null or coalesce(pollutant.substance_class, '') = 'polymer' as is_polymer,
    release_scored.release_score,
    released.toxicity_weighted_kg,
    released.exposure_sum,
    reaching.population_weighted_ug_m3,
    -- over the RfC that the toxicity weight stands for: weight = 3.5 / RfC (mg/m3), so 1 is a lifetime risk of 1e-6 or a quotient of 1
    reaching.population_weighted_ug_m3 / 1000 * weight.inhalation_weight / 3.5 as exposure_ratio,
    coalesce(reaching.sites_without_model, 0) as sites_without_model,
    coalesce(released.sites_without_population, 0) as sites_without_population,
    coalesce(released.lacks_receiver, false) as lacks_receiver,
    coalesce(detection.sample_count, 0) as sample_count,
    coalesce(detection.detected_count, 0) as detected_count,
    detection.detection_share,
    detection.max_ratio_to_standard
from {{ ref('dim_pollutant') }} as pollutant
left join {{ ref('screening_polymer') }} as polymer on polymer.cas_no = pollutant.cas_no
left join gate on gate.pollutant_id = pollutant.pollutant_id
left join released on released.pollutant_id = pollutant.pollutant_id
left join release_scored on release_scored.pollutant_id = pollutant.pollutant_id
left join present on present.pollutant_id = pollutant.pollutant_id
left join {{ ref('int_inventory__detections_counted') }} as detection on detection.pollutant_id = pollutant.pollutant_id
left join {{ ref('toxicity_weight') }} as weight on weight.pollutant_id = pollutant.pollutant_id
left join {{ ref('int_exposure__pollutants_reaching') }} as reaching on reaching.pollutant_id = pollutant.pollutant_id
where
    not pollutant.is_group
    and (coalesce(gate.is_listed, false) or coalesce(pollutant.pollutant_group, '') <> 'criteria_pollutant')
    and (
        present.pollutant_id is not null
        or coalesce(detection.detected_count, 0) > 0
        -- A category of another country's register (no CAS number) is on a list through its parent, which stands for it.
        or (coalesce(gate.is_listed, false) and (pollutant.cas_no is not null or pollutant.parent_id is null))
    )
