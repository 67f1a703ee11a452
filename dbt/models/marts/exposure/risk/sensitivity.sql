-- What the spread of a total comes from: inputs that bring at least the stated share of the variance.
select
    place_id,
    population_group,
    outcome,
    input,
    rank_correlation,
    variance_share,
    sobol_first,
    sobol_total
from {{ ref('int_exposure__risks_drawn') }}
where subject = 'input'
