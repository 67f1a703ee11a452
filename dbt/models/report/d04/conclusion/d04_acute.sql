{# Largest hours against acute benchmarks, by substance and basis, worst first: how many places, the worst of them, and which enterprise
   brings that hour. Modelled hours take the emission as even over the year and have no background. #}
with

ordered as (
    select
        *,
        row_number() over (partition by pollutant_id, basis order by hazard_quotient desc nulls last, place_id asc nulls last) as order_no
    from {{ ref('acute_screening') }}
    where hazard_quotient is not null
),

pooled as (
    select
        pollutant_id,
        basis,
        cast(count(*) as integer) as place_count,
        cast(count(case when hazard_quotient > 1 then 1 end) as integer) as over_1_count,
        max(hazard_quotient) as max_hazard_quotient,
        max(case when order_no = 1 then max_1h_ug_m3 end) as max_1h_ug_m3,
        max(case when order_no = 1 then benchmark_ug_m3 end) as benchmark_ug_m3,
        max(case when order_no = 1 then benchmark_type end) as benchmark_type,
        max(case when order_no = 1 then place_id end) as place_id,
        max(case when order_no = 1 then driver_enterprise_id end) as enterprise_id
    from ordered
    group by pollutant_id, basis
)

select
    cast(row_number() over (
        order by pooled.max_hazard_quotient desc nulls last, pooled.pollutant_id asc nulls last, pooled.basis asc nulls last
    ) as integer) as row_no,
    pooled.pollutant_id,
    pooled.basis,
    {{ code_word('pooled.basis', 'basis_of_acute') }} as basis_cn,
    pollutant.name_cn,
    pooled.place_count,
    pooled.max_1h_ug_m3,
    {{ code_word('pooled.benchmark_type', 'value_type_of_toxicity') }} as benchmark_cn,
    pooled.benchmark_ug_m3,
    pooled.max_hazard_quotient,
    pooled.over_1_count,
    coalesce(receptor.name, site.name, pooled.place_id) as place_name,
    enterprise.name as enterprise_name,
    pooled.place_id,
    pooled.enterprise_id
from pooled
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = pooled.pollutant_id
left join {{ ref('dim_receptor') }} as receptor on receptor.receptor_id = pooled.place_id
left join {{ ref('dim_monitoring_site') }} as site on site.site_id = pooled.place_id
left join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = pooled.enterprise_id
