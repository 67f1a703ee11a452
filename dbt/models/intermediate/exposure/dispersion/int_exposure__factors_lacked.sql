-- Outlets that release to the air and places in their reach between which nobody computed a factor: no weather for the outlet, and nothing
-- imported for that place. What the model says of such a place leaves them out, so that it is too low.
with

cut_off as (
    select max(value) as distance_m from {{ ref('int_core__parameter_values_chosen') }} where parameter_id = 'dispersion.cut_off_m'
),

computed as (
    select distinct outlet_id from {{ ref('int_exposure__annual_factors_computed') }}
),

releasing as (
    select distinct outlet_id from {{ ref('int_exposure__air_emissions_rated') }} where emission_high_g_s > 0
),

outlet as (
    select source.outlet_id, source.longitude, source.latitude
    from {{ ref('int_exposure__air_sources_described') }} as source
    inner join releasing on releasing.outlet_id = source.outlet_id
    left join computed on computed.outlet_id = source.outlet_id
    where computed.outlet_id is null and source.longitude is not null and source.latitude is not null
),

imported as (
    select outlet_id, place_id from {{ ref('int_exposure__imported_factors_matched') }} where is_chosen and averaging_time = 'year'
)

select outlet.outlet_id, place.place_id
from outlet
cross join cut_off
inner join {{ ref('int_exposure__places_united') }} as place
    on
        place.x_m is not null
        and {{ metres_between('outlet.longitude', 'outlet.latitude', 'place.longitude', 'place.latitude') }} <= cut_off.distance_m
left join imported on imported.outlet_id = outlet.outlet_id and imported.place_id = place.place_id
where imported.outlet_id is null
