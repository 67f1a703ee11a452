-- Results that enter the statistics (levels A and B, medium and averaging time known), by calendar year.
select
    site_id,
    pollutant_id,
    {{ period_of('sampled_at', 'year') }} as period,
    averaging_time,
    medium,
    unit,
    sampled_at,
    value,
    detection_limit,
    is_nondetect
from {{ ref('int_exposure__results_judged') }}
where
    qc_level in ('A', 'B')
    and medium is not null
    and averaging_time is not null
    and sampled_at is not null
    and pollutant_id is not null
    and site_id is not null
