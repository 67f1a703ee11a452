{# The conceptual model: chains from source to people that are not excluded, and the excluded ones with their reason; of the
   complete ones those whose dose and risk this edition computes. #}
with

quantified as (
    select distinct
        medium,
        route,
        case
            when population_group like 'resident_%' then 'resident' when population_group = 'student' then 'student' else 'worker'
        end as people_kind
    from {{ ref('health_risk') }}
)

select
    cast(row_number() over (
        order by
            case pathway.state when 'complete' then 1 when 'potential' then 2 else 3 end asc nulls last,
            pathway.source_kind asc nulls last, pathway.release_medium asc nulls last, pathway.transport asc nulls last,
            pathway.people_kind asc nulls last, pathway.route asc nulls last
    ) as integer) as row_no,
    pathway.source_kind,
    pathway.release_medium,
    pathway.transport,
    pathway.receptor_kind,
    pathway.route,
    {{ code_word('pathway.source_kind', 'outlet_kind') }} as source_cn,
    {{ code_word('pathway.release_medium', 'medium_of_emission') }} as release_cn,
    {{ code_word('pathway.transport', 'pathway_transport') }} as transport_cn,
    {{ code_word('pathway.environment_medium', 'medium_of_environment') }} as environment_cn,
    {{ code_word('pathway.people_kind', 'pathway_receptor') }} as receptor_cn,
    {{ code_word('pathway.route', 'route') }} as route_cn,
    {{ code_word('pathway.state', 'pathway_state') }} as state,
    substr(pathway.reason, position('; ' in pathway.reason) + 2) as reason,
    case
        when pathway.state <> 'complete' then null when quantified.medium is not null then '是' else '否，只监测'
    end as quantified
from {{ ref('pathway') }} as pathway
left join quantified
    on quantified.medium = pathway.environment_medium
    and quantified.route = pathway.route
    and quantified.people_kind = pathway.people_kind
