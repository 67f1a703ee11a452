-- Weights and limits of the matching of sites by kind of evidence and its level: parameters match.<feature>.<level>; of what
-- a clerk decides and what keeps entries apart, the level names the evidence and its level.
select
    split_part(parameter_id, '.', 2) as feature,
    trim(split_part(parameter_id, '.', 3) || ' ' || split_part(parameter_id, '.', 4)) as level,
    value
from {{ ref('int_core__parameter_values_chosen') }}
where parameter_id like 'match.%'
