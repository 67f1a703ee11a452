-- The one-hour benchmark of each pollutant, µg/m3: the acute REL, else AEGL-1, ERPG-1, AEGL-2, ERPG-2, each for one hour; of equal kinds
-- the lowest. A level that only prevents disabling effects (2) says so by its name.
with

ranked as (
    select
        pollutant_id,
        value_type,
        value * 1000 as benchmark_ug_m3,
        toxicity_value_id,
        row_number() over (
            partition by pollutant_id
            order by
                case value_type
                    when 'REL_acute' then 1 when 'AEGL_1' then 2 when 'ERPG_1' then 3 when 'AEGL_2' then 4 else 5
                end asc nulls last,
                value asc nulls last,
                toxicity_value_id asc nulls last
        ) as place
    from {{ ref('toxicity_value') }}
    where
        value_type in ('REL_acute', 'AEGL_1', 'ERPG_1', 'AEGL_2', 'ERPG_2')
        and unit = 'mg/m3'
        and value > 0
        and coalesce(averaging, '1 h') = '1 h'
)

select pollutant_id, value_type as benchmark_type, benchmark_ug_m3, toxicity_value_id
from ranked
where place = 1
