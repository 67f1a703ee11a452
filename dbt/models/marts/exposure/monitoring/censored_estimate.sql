-- Every method beside the others, so that nobody has to believe the choice. Of hours, which are too many and too alike for the
-- others, there is the arithmetic mean or half of the limit.
select
    site_id,
    pollutant_id,
    period,
    averaging_time,
    method,
    convention,
    mean,
    standard_error,
    is_preferred
from {{ ref('int_exposure__means_estimated') }}
union all
select
    site_id,
    pollutant_id,
    period,
    averaging_time,
    statistic_method as method,
    case statistic_method
        when 'arithmetic' then 'all_detected' when 'half_limit' then 'half_of_own_limit' else 'bounds_only'
    end as convention,
    mean,
    case when mean is not null then standard_error end as standard_error,
    true as is_preferred
from {{ ref('int_exposure__hours_summarised') }}
