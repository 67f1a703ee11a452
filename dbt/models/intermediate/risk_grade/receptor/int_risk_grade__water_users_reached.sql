-- Receptor load of each source by its receiving bodies: the mean of the outlets by the grams of their load; an outlet whose body, dilution
-- or users nobody knows leaves it and makes `lacks_receiver`.
with

reached as (
    select
        enterprise_id,
        emission_g_s * 1e9 as emission_ng_s,  -- sums keep twelve decimals
        breathing_people * dilution_s_m3 as person_s_m3
    from {{ ref('int_risk_grade__water_outlets_reached') }}
)

select
    enterprise_id,
    {{ exact_sum('case when person_s_m3 is not null then emission_ng_s * person_s_m3 end') }}
    / {{ exact_sum('case when person_s_m3 is not null then emission_ng_s end') }} as receptor_load,
    count(*) > count(person_s_m3) as lacks_receiver
from reached
group by enterprise_id
