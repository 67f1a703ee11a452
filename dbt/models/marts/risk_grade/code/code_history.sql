-- The colour that the rules computed for each code in this and earlier editions, by which clean periods are counted.
select
    history.enterprise_id,
    history.edition_no,
    history.as_of,
    history.computed_colour,
    history.colour
from {{ ref('stg_previous__code_history') }} as history
union all
select
    issued.enterprise_id,
    build.edition_no,
    build.as_of,
    issued.computed_colour,
    issued.colour
from {{ ref('int_risk_grade__codes_issued') }} as issued
cross join {{ source('intake', 'build') }} as build
