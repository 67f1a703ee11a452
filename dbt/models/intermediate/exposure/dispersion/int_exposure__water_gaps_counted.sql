-- What the mixing in water takes by rule or lacks, counted: code, what it is about, how many.
select
    'WATER-NO-BODY' as code,
    'outlet' as about,
    count(distinct release.outlet_id) as n,
    cast(null as double) as share
from {{ ref('int_exposure__water_releases_routed') }} as release
left join {{ ref('int_exposure__water_bodies_diluting') }} as body on body.water_body = release.water_body
where release.discharge_route = 'direct' and body.water_body is null
union all
select
    'WATER-NO-DILUTION' as code,
    'outlet' as about,
    count(distinct release.outlet_id) as n,
    cast(null as double) as share
from {{ ref('int_exposure__water_releases_routed') }} as release
inner join {{ ref('int_exposure__water_bodies_diluting') }} as body on body.water_body = release.water_body
where
    release.discharge_route = 'direct'
    and (body.dilution_kind = 'unknown' or (body.dilution_kind = 'initial_dilution' and release.flow_m3_s is null))
union all
select
    'WATER-NOT-MIXED' as code,
    'place' as about,
    count(distinct reach.place_id) as n,
    cast(null as double) as share
from {{ ref('int_exposure__water_reaches_diluted') }} as reach
inner join {{ ref('int_exposure__water_reaches_described') }} as described
    on described.outlet_id = reach.outlet_id and described.place_id = reach.place_id
where described.dilution_kind = 'full_mix' and coalesce(not reach.is_mixed, true)
union all
select
    'WATER-NO-FAR-FIELD' as code,
    'place' as about,
    count(distinct place_id) as n,
    cast(null as double) as share
from {{ ref('int_exposure__water_reaches_described') }}
where dilution_kind = 'initial_dilution' and velocity_m_s + depth_m + distance_m is null
union all
select
    'WATER-NO-HALF-LIFE' as code,
    'pollutant' as about,
    count(distinct release.pollutant_id) as n,
    cast(null as double) as share
from {{ ref('int_exposure__water_releases_routed') }} as release
left join {{ ref('half_life') }} as known
    on known.pollutant_id = release.pollutant_id and known.medium = 'surface_water' and known.verified <> 'doubtful'
where release.discharge_route = 'direct' and known.pollutant_id is null
