-- Mean of the hours of the assessment year by the sector that the wind came from, at stations in air; calm hours stand in columns of
-- their own. n is a whole number of hours: a station with directions in tens of degrees shares an hour between two sectors.
with

hour as (
    select
        measured.site_id,
        measured.pollutant_id,
        measured.sampled_at,
        measured.unit,
        {{ period_of('measured.sampled_at', 'year') }} as period,
        coalesce(measured.value, measured.detection_limit / 2) as used_value
    from {{ ref('int_exposure__hours_selected') }} as measured
    inner join {{ ref('int_inventory__assessment_year_chosen') }} as chosen
        on chosen.assessment_year = extract(year from measured.sampled_at)
    where measured.medium in ('ambient_air', 'fugitive') and measured.pollutant_id is not null
),

blown as (
    select
        hour.site_id,
        hour.pollutant_id,
        wind.sector,
        min(hour.period) as period,
        min(hour.unit) as unit,
        min(wind.station_id) as met_station,
        {{ exact_sum('wind.share') }} as hour_share,
        {{ exact_sum('hour.used_value * wind.share') }} as value_sum
    from hour
    inner join {{ ref('int_exposure__winds_sectored') }} as wind on wind.observed_at = hour.sampled_at
    where hour.used_value is not null
    group by hour.site_id, hour.pollutant_id, wind.sector
),

calm as (
    select * from blown
    where sector is null
)

select
    blown.site_id,
    blown.pollutant_id,
    blown.sector,
    blown.period,
    cast(round(blown.hour_share) as integer) as n,
    blown.value_sum / blown.hour_share as mean,
    blown.unit,
    cast(round(coalesce(calm.hour_share, 0)) as integer) as calm_n,
    calm.value_sum / calm.hour_share as calm_mean,
    blown.met_station
from blown
left join calm on calm.site_id = blown.site_id and calm.pollutant_id = blown.pollutant_id
where blown.sector is not null and blown.hour_share > 0
