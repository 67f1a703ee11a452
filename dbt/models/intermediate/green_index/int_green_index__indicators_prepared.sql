-- Indicators with goalposts and weights, as the kernels ask for them.
select
    indicator.indicator_id,
    indicator.dimension,
    indicator.direction,
    indicator.target,
    indicator.floor,
    weighed.weight_within,
    weighed.dimension_weight
from {{ ref('green_indicator') }} as indicator
inner join {{ ref('int_green_index__indicators_weighed') }} as weighed
    on weighed.indicator_id = indicator.indicator_id
