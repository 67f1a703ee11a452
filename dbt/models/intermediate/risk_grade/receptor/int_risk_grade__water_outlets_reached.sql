{# Whom each outlet reaches by its receiving body: people who use the receiving body × its dilution × what they take in, as that of a person
   who breathes: Σ people × K × intake / air breathed, person s/m3, so that it stands beside people × χ/Q. K is 1/Q of a river's low flow
   with its effluents, 1/(initial dilution × effluent) of the sea. Intakes a day: drinking water, a bather's mean, fish as the water they
   stand for (nominal). What nobody knows of a body is null. #}
with

parameter as (
    select
        max(case when parameter_id = 'grading.water_drunk_m3_d' then value end) as drinking_m3_d,
        max(case when parameter_id = 'grading.water_bathed_m3_d' then value end) as bathing_m3_d,
        max(case when parameter_id = 'grading.water_of_fish_m3_d' then value end) as aquaculture_m3_d,
        max(case when parameter_id = 'grading.air_breathed_m3_d' then value end) as air_m3_d
    from {{ ref('int_core__parameter_values_chosen') }}
),

uses as (
    select
        trim(body.name) as water_body,
        word.code as water_use,
        body.people_served,
        case word.code
            when 'drinking' then parameter.drinking_m3_d
            when 'bathing' then parameter.bathing_m3_d
            when 'aquaculture' then parameter.aquaculture_m3_d
        end / parameter.air_m3_d as intake_share
    from {{ ref('stg_geography__water_bodies') }} as body
    cross join parameter
    left join {{ ref('crosswalk_code') }} as word
        on word.code_set = 'water_use' and lower(word.word) = lower(trim(body.water_use_word))
    where body.name is not null
),

users as (
    select
        water_body,
        {{ exact_sum("case when intake_share is not null then people_served * intake_share end") }} as breathing_people,
        bool_and(water_use = 'other' or (intake_share is not null and people_served is not null)) as is_known
    from uses
    group by water_body
),

outlet as (
    select
        routed.enterprise_id,
        routed.outlet_id,
        max(routed.water_body) as water_body,
        max(routed.flow_m3_s) as flow_m3_s,
        {{ exact_sum('routed.emission_g_s') }} as emission_g_s
    from {{ ref('int_exposure__water_releases_routed') }} as routed
    inner join {{ ref('int_risk_grade__releases_loaded') }} as release
        on release.enterprise_id = routed.enterprise_id and release.pollutant_id = routed.pollutant_id and release.medium = 'water'
    where release.weighted_kg > 0 and release.reaches_receiving_body and routed.emission_g_s > 0
    group by routed.enterprise_id, routed.outlet_id
)

select
    outlet.enterprise_id,
    outlet.outlet_id,
    outlet.water_body,
    outlet.emission_g_s,
    case when users.is_known then coalesce(users.breathing_people, 0) end as breathing_people,
    case diluting.dilution_kind
        when 'full_mix' then 1 / diluting.mixed_flow_m3_s
        when 'initial_dilution' then 1 / nullif(diluting.initial_dilution * outlet.flow_m3_s, 0)
    end as dilution_s_m3
from outlet
left join {{ ref('int_exposure__water_bodies_diluting') }} as diluting on diluting.water_body = outlet.water_body
left join users on users.water_body = outlet.water_body
