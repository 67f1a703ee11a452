{# The conceptual model: chains from source to people that are not excluded, and the excluded ones with their reason. #}
select
    cast(row_number() over (
        order by
            case state when 'complete' then 1 when 'potential' then 2 else 3 end asc nulls last,
            source_kind asc nulls last, release_medium asc nulls last, transport asc nulls last, receptor_kind asc nulls last,
            route asc nulls last
    ) as integer) as row_no,
    source_kind,
    release_medium,
    transport,
    receptor_kind,
    route,
    {{ code_word('source_kind', 'outlet_kind') }} as source_cn,
    {{ code_word('release_medium', 'medium_of_emission') }} as release_cn,
    {{ code_word('transport', 'pathway_transport') }} as transport_cn,
    {{ code_word('environment_medium', 'medium_of_environment') }} as environment_cn,
    {{ code_word('receptor_kind', 'pathway_receptor') }} as receptor_cn,
    {{ code_word('route', 'route') }} as route_cn,
    {{ code_word('state', 'pathway_state') }} as state,
    substr(reason, position('; ' in reason) + 2) as reason
from {{ ref('pathway') }}
