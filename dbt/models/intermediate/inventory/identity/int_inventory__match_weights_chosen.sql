-- Weights and limits of the matching of sites by kind of evidence and its level: parameters match.<feature>.<level>.
select
    split_part(parameter_id, '.', 2) as feature,
    split_part(parameter_id, '.', 3) as level,
    value
from {{ ref('int_core__parameter_values_chosen') }}
where parameter_id like 'match.%'
