{# Membership (own, docs/screening.md): listed and present, or score from the cut on. Unknown hazard never makes a substance
   harmless: it has no score and no rank, and says so in its lane and its codes. #}
with

cut as (
    select
        max(case when parameter_id = 'screening.cut_score' then value end) as cut_score,
        max(case when parameter_id = 'screening.first_ranks' then value end) as first_ranks,
        max(case when parameter_id = 'screening.robust_probability' then value end) as robust_probability
    from {{ ref('int_core__parameter_values_chosen') }}
),

judged as (
    select
        scored.*,
        coalesce(scored.score >= cut.cut_score, false) as reaches_score,
        coalesce(scored.rank <= cut.first_ranks, false) as is_first
    from {{ ref('int_inventory__pollutants_scored') }} as scored
    cross join cut
),

organ as (
    select
        pollutant_id,
        {{ list_collect_sorted('target_organs') }} as target_organs
    from {{ ref('toxicity_value') }}
    where is_chosen and use_class = 'chronic'
    group by pollutant_id
),

{# the media that have a column of their own in the published list; others are in inventory.emission #}
released as (
    select
        pollutant_id,
        {% for medium in ['air', 'water', 'soil', 'unspecified', 'waste'] %}
        max(case when medium = '{{ medium }}' then emission_kg end) as emission_{{ medium }}_kg{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('int_inventory__pollutant_releases_scored') }}
    group by pollutant_id
),

build as (
    select max(as_of) as as_of from {{ source('intake', 'build') }}
)

select
    judged.pollutant_id,
    build.as_of,
    pollutant.name_cn,
    case
        when described.is_listed then 'listed'
        when judged.score is not null then 'scored'
        else 'data_poor'
    end as lane,
    pollutant.list_codes,
    judged.hazard_score,
    judged.release_score as emission_score,
    judged.exposure_score,
    judged.detection_score,
    judged.score,
    judged.rank,
    judged.rank_low,
    judged.rank_high,
    described.enterprise_count,
    released.emission_air_kg,
    released.emission_water_kg,
    described.sample_count,
    described.detected_count / nullif(cast(described.sample_count as double), 0) as detection_rate,
    described.max_ratio_to_standard,
    judged.is_top80_use,
    judged.is_risk_pollutant,
    judged.is_risk_pollutant and judged.is_first as is_high_risk,
    {{ list_join([
        'case when judged.is_present then described.gate_codes end',
        list_distinct_of([
            "case when judged.reaches_score then 'SCORE' end",
            "case when described.is_detected then 'DETECT' end",
            "case when not judged.is_present then 'NOT-PRESENT' end",
            "case when judged.hazard_score is null then 'UNKNOWN-HAZARD' end",
            "case when judged.is_present and judged.hazard_score is not null and judged.score is null then 'UNKNOWN-CRITERIA' end",
            "case when described.has_unknown_quantity then 'UNKNOWN-QUANTITY' end",
            "case when described.sites_without_population > 0 then 'UNKNOWN-POPULATION' end",
            "case when described.lacks_receiver then 'UNKNOWN-RECEIVING-BODY' end",
            "case when described.is_detected and described.enterprise_count = 0 and not described.is_held then 'DETECT-ONLY' end",
            "case when described.is_held and described.enterprise_count = 0 then 'HELD-ONLY' end",
            "case when described.is_permitted and not described.is_emitted and not described.is_used then 'PERMIT-ONLY' end",
        ]),
    ], 'varchar[]') }} as reason_codes,
    judged.is_present,
    described.is_listed,
    described.is_emitted,
    described.is_used,
    described.is_permitted,
    described.is_detected,
    pollutant.iarc_group,
    coalesce(organ.target_organs, {{ text_to_list("''") }}) as target_organs,
    weight.inhalation_weight,
    weight.oral_weight,
    case
        when weight.pollutant_id is null then 'missing'
        when weight.has_value_from_memory then 'memory'
        else 'yes'
    end as toxicity_state,
    released.emission_soil_kg,
    released.emission_unspecified_kg,
    released.emission_waste_kg,
    described.use_t,
    described.is_polymer,
    described.toxicity_weighted_kg,
    described.exposure_sum,
    described.population_weighted_ug_m3,
    described.exposure_ratio,
    described.sites_without_model,
    judged.rsei_rank,
    judged.rank_probability,
    case
        when judged.rank_probability >= cut.robust_probability then 'robust'
        when judged.rank_probability >= 1 - cut.robust_probability then 'borderline'
        when judged.rank_probability is not null then 'out'
    end as stability,
    judged.rank_bin_low,
    judged.rank_bin_high,
    judged.known_criteria_count,
    described.sites_without_population,
    assessed.assessment_year as year
from judged
inner join {{ ref('int_inventory__pollutants_described') }} as described on described.pollutant_id = judged.pollutant_id
inner join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = judged.pollutant_id
left join {{ ref('toxicity_weight') }} as weight on weight.pollutant_id = judged.pollutant_id
left join released on released.pollutant_id = judged.pollutant_id
left join organ on organ.pollutant_id = judged.pollutant_id
cross join build
cross join cut
cross join {{ ref('int_inventory__assessment_year_chosen') }} as assessed
