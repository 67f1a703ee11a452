{# Whom each source's outlets reach, so that a reader can add its receptor load up again: Σ share × people × factor of one way; the
   worse of the ways by air (or, without a computed factor, of the ring) and by water counts. Shares sum to 1 over what is known. #}
with

parameter as (
    select max(case when parameter_id = 'grading.ring_chi_over_q' then value end) as ring_chi_over_q_s_m3
    from {{ ref('int_core__parameter_values_chosen') }}
),

reached as (
    select
        enterprise_id,
        outlet_id,
        medium,
        'dispersion' as receptor_basis,
        emission_t * 1000 as emission_kg,
        people,
        person_s_m3 / nullif(people, 0) as factor_s_m3,
        person_s_m3
    from {{ ref('int_risk_grade__outlets_reached') }}
    union all
    select
        enterprise_id,
        outlet_id,
        'water' as medium,
        'water' as receptor_basis,
        emission_g_s * 8760 * 3.6 as emission_kg,
        breathing_people as people,
        dilution_s_m3 as factor_s_m3,
        breathing_people * dilution_s_m3 as person_s_m3
    from {{ ref('int_risk_grade__water_outlets_reached') }}
    union all
    select
        source.enterprise_id,
        source.enterprise_id as outlet_id,
        'air' as medium,
        'ring' as receptor_basis,
        cast(null as double) as emission_kg,
        source.population_within_1km as people,
        parameter.ring_chi_over_q_s_m3 as factor_s_m3,
        source.population_within_1km * parameter.ring_chi_over_q_s_m3 as person_s_m3
    from {{ ref('int_inventory__risk_sources_gathered') }} as source
    inner join {{ ref('int_risk_grade__receptors_loaded') }} as loaded on loaded.enterprise_id = source.enterprise_id
    cross join parameter
    left join {{ ref('int_risk_grade__outlets_reaching') }} as outlets on outlets.enterprise_id = source.enterprise_id
    where outlets.enterprise_id is null and loaded.air_receptor_load is not null
)

select
    enterprise_id,
    receptor_basis,
    outlet_id,
    medium,
    emission_kg,
    people,
    factor_s_m3,
    person_s_m3,
    case
        when person_s_m3 is null then null
        when receptor_basis = 'ring' then 1.0
        else
            emission_kg / {{ exact_sum_over(
                'case when person_s_m3 is not null then emission_kg end', 'partition by enterprise_id, receptor_basis') }}
    end as share
from reached
