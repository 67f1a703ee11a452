-- What may set a risk source's grade whatever its loads: an unmonitored class 1 carcinogen. Risks at sensitive points that a source
-- mainly causes come with the exposure marts; until then they are unknown, and an unknown veto does not fire.
select
    source.enterprise_id,
    cast(null as double) as veto_cancer_risk,
    cast(null as double) as veto_hazard_index,
    count(carcinogen.pollutant_id) > 0 as is_carcinogen_unmonitored,
    {{ list_agg_distinct('carcinogen.pollutant_id') }} as unmonitored_carcinogens
from {{ ref('int_inventory__risk_sources_gathered') }} as source
left join {{ ref('int_risk_grade__carcinogens_unmonitored') }} as carcinogen on carcinogen.enterprise_id = source.enterprise_id
group by source.enterprise_id
