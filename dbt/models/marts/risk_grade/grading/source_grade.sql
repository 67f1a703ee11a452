{# Grade of every risk source with what makes it. hazard_score + emission_score is the log10 of the hazard load (kg/a × toxicity
   weight); score adds the log10 of the receptor load. Reasons name what decided, in the order of the method; what nothing is
   known of has no grade. #}
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
),

line as (
    select
        max(case when parameter_id = 'grading.veto_cr_orange' then value end) as orange_cr,
        max(case when parameter_id = 'grading.veto_hi_orange' then value end) as orange_hi
    from {{ ref('int_core__parameter_values_chosen') }}
),

joined as (
    select
        source.*,
        graded.hazard_class,
        graded.receptor_class,
        graded.base_grade,
        graded.management_step,
        graded.floor_grade,
        graded.grade,
        graded.probability_1,
        graded.probability_2,
        graded.probability_3,
        graded.probability_4,
        graded.reduction_share,
        graded.is_stable_20,
        driver.drivers,
        driver.names as driver_names,
        driver.first_name,
        driver.first_part,
        graded.reduction_share * source.hazard_load as needed_kg,
        graded.reduction_share * source.hazard_load / driver.first_weight as needed_of_first_kg,
        driver.first_weighted_kg,
        log10(nullif(source.emission_kg, 0)) as emission_score,
        log10(nullif(source.hazard_load, 0)) as load_score,
        log10(nullif(source.receptor_load, 0)) as receptor_score
    from {{ ref('int_risk_grade__sources_loaded') }} as source
    inner join {{ ref('int_risk_grade__sources_graded') }} as graded on graded.enterprise_id = source.enterprise_id
    left join {{ ref('int_risk_grade__drivers_ranked') }} as driver on driver.enterprise_id = source.enterprise_id
)

select
    joined.enterprise_id,
    build.as_of,
    joined.load_score - joined.emission_score as hazard_score,
    joined.emission_score,
    joined.receptor_score,
    joined.management_score,
    joined.load_score + joined.receptor_score as score,
    joined.grade,
    case
        when joined.probability_1 is not null
            then {{ list_of(['joined.probability_1', 'joined.probability_2', 'joined.probability_3', 'joined.probability_4']) }}
    end as grade_probabilities,
    {{ list_distinct_of([
        "'GR-HL' || " ~ to_text('joined.hazard_class'),
        "'GR-RC' || " ~ to_text('joined.receptor_class'),
        "case joined.management_step when 1 then 'GR-MC-MILDER' when -1 then 'GR-MC-WORSE' end",
        "case when joined.management_score is null then 'GR-MC-UNKNOWN' end",
        "case when joined.floor_grade <= 2 and joined.veto_cancer_risk >= line.orange_cr then 'VT-CR' end",
        "case when joined.floor_grade <= 2 and joined.veto_hazard_index >= line.orange_hi then 'VT-HI' end",
        "case when joined.is_carcinogen_unmonitored then 'VT-NOMON' end",
        "case when joined.is_confidence_low then 'VT-CONF' end",
        "case when joined.is_incomplete then 'VT-PART' end",
        "case when joined.hazard_load is null then 'UNKNOWN-LOAD' end",
        "case when joined.receptor_load is null then 'UNKNOWN-RECEPTOR' end",
        "case when joined.floor_grade is null then 'UNKNOWN-CUT' end",
    ]) }} as reason_codes,
    joined.drivers,
    joined.driver_names,
    case
        when joined.grade is null then '资料不足，补齐后评级'
        when joined.grade = 4 then '已为最低等级'
        when joined.reduction_share is null then '单靠减排不能降级：受体、管理或否决项所限'
        when joined.first_weighted_kg >= joined.needed_kg
            then
                joined.first_name || '减排'
                || case
                    when joined.needed_of_first_kg >= 0.0005
                        then ' ' || {{ number_text('round_even(joined.needed_of_first_kg, 3)') }} || ' kg/a 可降一级'
                    else '不足 0.001 kg/a 即可降一级'
                end
        else
            '毒性加权排放量减少' || {{ number_text('round_even(100 * joined.reduction_share, 1)') }} || '%可降一级（首位：'
            || joined.first_name || '，占' || {{ number_text('round_even(100 * joined.first_part, 0)') }} || '%）'
    end as to_next_grade,
    joined.data_confidence,
    change.previous_grade,
    change.change_reason,
    worded.reason_text,
    joined.hazard_class,
    joined.receptor_class,
    joined.base_grade,
    joined.management_step,
    joined.floor_grade,
    joined.hazard_load as hazard_load_kg,
    joined.receptor_load as receptor_load_person_s_m3,
    joined.receptor_basis,
    joined.outlet_ids,
    joined.unmonitored_carcinogens,
    joined.veto_cancer_risk,
    joined.veto_hazard_index,
    joined.veto_place_ids,
    joined.is_assessed,
    joined.measured_share,
    joined.covered_share,
    joined.receiver_share,
    joined.reduction_share,
    joined.is_stable_20,
    year.assessment_year as year
from joined
cross join build
cross join {{ ref('int_inventory__assessment_year_chosen') }} as year
cross join line
inner join {{ ref('int_risk_grade__source_changes_explained') }} as change on change.enterprise_id = joined.enterprise_id
inner join {{ ref('int_risk_grade__reasons_worded') }} as worded on worded.enterprise_id = joined.enterprise_id
