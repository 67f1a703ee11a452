{# The emissions that count as terms of totals: of a site, of its park, of the zone. `error_group` names the rows whose errors
   are one error (seed emission_correlation): those of one method at one site, of one factor in one industry, of one equation. #}
with

term as (
    select
        emission.enterprise_id,
        coalesce(enterprise.park_id, 'unknown') as park_id,
        coalesce(fact.zone_id, 'zone') as zone_id,
        emission.outlet_id,
        emission.medium,
        emission.pollutant_id,
        emission.year,
        emission.emission_t,
        emission.rule = 'PARTIAL-YEAR' as is_partial_year,
        grade.half_width,
        grade.mean_factor,
        emission.method || '|' || case correlation.errors_shared_by
            when 'site' then emission.enterprise_id
            when 'industry' then coalesce(enterprise.industry_code, 'unknown')
            else 'all'
        end as error_group
    from {{ ref('emission') }} as emission
    inner join {{ ref('int_inventory__emission_grades_spread') }} as grade on grade.quality = emission.quality
    inner join {{ ref('emission_correlation') }} as correlation on correlation.method = emission.method
    left join {{ ref('dim_enterprise') }} as enterprise on enterprise.enterprise_id = emission.enterprise_id
    cross join {{ ref('stg_geography__profile_facts') }} as fact
    where emission.emission_t is not null
)

{% for scope, scope_id in [('enterprise', 'enterprise_id'), ('park', 'park_id'), ('zone', 'zone_id')] %}
select
    '{{ scope }}' as scope_kind,
    {{ scope_id }} as scope_id,
    medium,
    pollutant_id,
    year,
    error_group,
    enterprise_id,
    outlet_id,
    emission_t,
    is_partial_year,
    half_width,
    mean_factor
from term
{{ 'union all' if not loop.last }}
{% endfor %}
