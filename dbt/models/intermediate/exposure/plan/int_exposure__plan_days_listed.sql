-- Days with a result, for the comparison with the scheme: samples by their day, hourly series by day. A result without a value counts where
-- it is a non-detect.
select
    site_id,
    pollutant_id,
    cast(sampled_at as date) as sampled_on,
    max(case when qc_level in ('A', 'B') then 1 else 0 end) = 1 as is_valid
from {{ ref('monitoring_result') }}
where
    site_id is not null and pollutant_id is not null and sampled_at is not null
    and (value is not null or coalesce(is_nondetect, false))
group by site_id, pollutant_id, cast(sampled_at as date)
