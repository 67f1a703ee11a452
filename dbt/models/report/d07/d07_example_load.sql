select
    cast(
        row_number() over (
            order by load.weighted_kg desc nulls last, load.pollutant_id asc nulls last, load.medium asc nulls last
        ) as integer
    ) as row_no,
    load.enterprise_id,
    load.pollutant_id,
    load.medium,
    load.name_cn,
    {{ code_word('load.medium', 'medium_of_emission') }} as medium_name,
    load.emission_kg,
    load.own_share,
    load.toxicity_weight,
    load.weighted_kg,
    100 * load.share as share_pct
from {{ ref('source_load') }} as load
inner join {{ ref('d07_example') }} as example on example.enterprise_id = load.enterprise_id and example.row_no = 1
