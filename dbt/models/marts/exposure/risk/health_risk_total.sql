-- Totals of a place and group. The cancer risk is the sum over substances (a screening sum), the hazard index that of all hazard
-- quotients; the level goes by the cancer risk and the index of the most affected organ, whichever is worse. Bounds are left out
-- and counted, unknown toxicity is counted; a total of nothing known is unknown. So is a sensitive place or cell whose air nobody knows
-- (no weather), or of some outlets alone, where the rest is acceptable; its confidence is low. Percentiles are those of joint draws.
with

row_risk as (
    select * from {{ ref('health_risk') }}
),

line as (
    select
        {% for id in [
            'risk.cancer_low', 'risk.cancer_attention', 'risk.cancer_high', 'risk.hazard_index_attention', 'risk.hazard_index_high'
        ] -%}
        max(case when parameter_id = '{{ id }}' then value end) as {{ id.split('.')[1] }},
        {% endfor -%}
        max(case when parameter_id = 'risk.confidence_high_share' then value end) as high_share,
        max(case when parameter_id = 'risk.confidence_medium_share' then value end) as medium_share
    from {{ ref('int_core__parameter_values_chosen') }}
),

point as (
    select
        place_id,
        min(place_kind) as place_kind,
        population_group,
        {{ exact_sum('case when not is_bounding then cancer_risk * 1e12 end') }} / 1e12 as cancer_risk,
        {{ exact_sum('case when not is_bounding then hazard_quotient * 1e9 end') }} / 1e9 as hazard_index,
        {{ exact_sum("case when not is_bounding and route = 'inhalation' then cancer_risk * 1e12 end") }} / 1e12 as inhalation_cancer_risk,
        {{ exact_sum("case when not is_bounding and route = 'inhalation' then hazard_quotient * 1e9 end") }} / 1e9
            as inhalation_hazard_index,
        {{ exact_sum('case when not is_bounding then cancer_risk * measured_share * 1e12 end') }} / 1e12 as measured_cancer_risk,
        {{ exact_sum('case when not is_bounding then hazard_quotient * measured_share * 1e9 end') }} / 1e9 as measured_hazard_index,
        {{ exact_sum('case when is_bounding then cancer_risk * 1e12 end') }} / 1e12 as bounding_cancer_risk,
        {{ exact_sum('case when is_bounding then hazard_quotient * 1e9 end') }} / 1e9 as bounding_hazard_index,
        min(place_kind) not in ('receptor', 'cell') or coalesce(
            bool_or(route = 'inhalation') and not bool_or({{ list_has('reason_codes', "'AIR-PARTLY-MODELLED'") }}), false
        ) as is_air_known,
        cast(count(distinct pollutant_id) as integer) as pollutant_count,
        cast(count(distinct case when is_bounding then pollutant_id end) as integer) as bounding_count
    from row_risk
    group by place_id, population_group
),

toxicity_known as (
    select
        place_id,
        population_group,
        cast(count(distinct pollutant_id) as integer) as known_count
    from row_risk
    where cancer_risk is not null or hazard_quotient is not null
    group by place_id, population_group
),

of_pollutant as (
    select
        place_id,
        population_group,
        pollutant_id,
        {{ exact_sum('cancer_risk * 1e12') }} as cancer_risk,
        {{ exact_sum('hazard_quotient * 1e9') }} as hazard_index
    from row_risk
    where not is_bounding
    group by place_id, population_group, pollutant_id
),

{% for name, amount in [('cancer_driver', 'cancer_risk'), ('hazard_driver', 'hazard_index')] -%}
{{ name }} as (
    select place_id, population_group, pollutant_id
    from of_pollutant
    where {{ amount }} > 0
    qualify row_number() over (
        partition by place_id, population_group order by {{ amount }} desc nulls last, pollutant_id asc nulls last
    ) = 1
),

{% endfor -%}
organ as (
    select place_id, population_group, organ, hazard_index
    from {{ ref('health_risk_organ') }}
    qualify row_number() over (
        partition by place_id, population_group order by hazard_index desc nulls last, organ asc nulls last
    ) = 1
),

levelled as (
    select
        point.place_id,
        point.population_group,
        {{ risk_level('point.cancer_risk', 'organ.hazard_index', 'line') }} as known_level
    from point
    cross join line
    left join organ on organ.place_id = point.place_id and organ.population_group = point.population_group
),

drawn as (
    select *, outcome = 'cancer' as is_cancer
    from {{ ref('int_exposure__risks_drawn') }}
    where subject = 'total'
)

select
    point.place_id,
    point.place_kind,
    point.population_group,
    point.cancer_risk,
    cancer.p05 as cancer_risk_p05,
    cancer.p50 as cancer_risk_p50,
    cancer.p95 as cancer_risk_p95,
    point.hazard_index,
    hazard.p05 as hazard_index_p05,
    hazard.p50 as hazard_index_p50,
    hazard.p95 as hazard_index_p95,
    point.inhalation_cancer_risk,
    point.inhalation_hazard_index,
    cancer.over_1 as probability_cr_over_1e6,
    cancer.over_2 as probability_cr_over_1e5,
    cancer.over_3 as probability_cr_over_1e4,
    hazard.over_1 as probability_hi_over_1,
    organ.organ as max_organ,
    organ.hazard_index as max_organ_hazard_index,
    case
        when not point.is_air_known and levelled.known_level in ('negligible', 'low') then 'unknown' else levelled.known_level
    end as risk_level,
    cancer_driver.pollutant_id as driver_pollutant_id,
    hazard_driver.pollutant_id as driver_noncancer_pollutant_id,
    source.enterprise_id as driver_enterprise_id,
    source.share as driver_enterprise_share,
    point.pollutant_count,
    point.pollutant_count - coalesce(toxicity_known.known_count, 0) as unknown_toxicity_count,
    point.bounding_count,
    point.bounding_cancer_risk,
    point.bounding_hazard_index,
    {{ risk_confidence('point', 'line') }} as data_confidence
from point
cross join line
inner join levelled on levelled.place_id = point.place_id and levelled.population_group = point.population_group
left join toxicity_known on toxicity_known.place_id = point.place_id and toxicity_known.population_group = point.population_group
left join cancer_driver
    on cancer_driver.place_id = point.place_id and cancer_driver.population_group = point.population_group
left join hazard_driver
    on hazard_driver.place_id = point.place_id and hazard_driver.population_group = point.population_group
left join organ on organ.place_id = point.place_id and organ.population_group = point.population_group
left join {{ ref('int_exposure__risk_sources_found') }} as source
    on source.place_id = point.place_id and source.population_group = point.population_group
left join drawn as cancer
    on cancer.place_id = point.place_id and cancer.population_group = point.population_group and cancer.is_cancer
left join drawn as hazard
    on hazard.place_id = point.place_id and hazard.population_group = point.population_group and not hazard.is_cancer
