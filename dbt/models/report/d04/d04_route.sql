{# The ways of exposure that were computed: medium, route and group, with how many substances and places. #}
select
    cast(row_number() over (order by medium asc nulls last, route asc nulls last, population_group asc nulls last) as integer) as row_no,
    medium,
    route,
    population_group,
    {{ code_word('medium', 'medium_of_environment') }} as medium_cn,
    {{ code_word('route', 'route') }} as route_cn,
    {{ code_word('population_group', 'population_group') }} as group_cn,
    cast(count(distinct pollutant_id) as integer) as pollutant_count,
    cast(count(distinct place_id) as integer) as place_count,
    cast(count(distinct case when is_bounding then pollutant_id end) as integer) as bound_count,
    {{ code_words_only(list_agg_distinct('concentration_basis'), 'concentration_basis') }} as basis
from {{ ref('health_risk') }}
group by medium, route, population_group
