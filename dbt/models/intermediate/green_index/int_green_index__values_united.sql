{# One value an indicator, area and year: what our tables hold, else what was reported, else, for a park, the zone's. A value of
   no year (an area without an assessment year) is none of an index. #}
with

found as (
    select * from {{ ref('int_green_index__values_computed') }} where value is not null and year is not null
    union all
    select * from {{ ref('int_green_index__exposure_values_computed') }} where value is not null and year is not null
),

own as (
    select
        coalesce(computed.indicator_id, reported.indicator_id) as indicator_id,
        coalesce(computed.area_id, reported.area_id) as area_id,
        coalesce(computed.year, reported.year) as year,
        coalesce(computed.value, reported.value) as value,
        case when computed.value is not null then 'computed' else 'reported' end as origin,
        case when computed.value is not null then computed.source_table else 'raw.indicator_value' end as source_table,
        case when computed.value is null then reported._origin end as _origin
    from found as computed
    full outer join {{ ref('int_green_index__values_reported') }} as reported
        on reported.indicator_id = computed.indicator_id
        and reported.area_id = computed.area_id
        and reported.year = computed.year
),

parks as (
    select park.area_id, park.parent_id
    from {{ ref('dim_area') }} as park
    where park.area_kind = 'park'
)

select
    *,
    false as is_imputed
from own
union all
select
    zone.indicator_id,
    parks.area_id,
    zone.year,
    zone.value,
    'inherited' as origin,
    zone.source_table,
    zone._origin,
    true as is_imputed
from own as zone
inner join parks on parks.parent_id = zone.area_id
left join own on own.indicator_id = zone.indicator_id and own.area_id = parks.area_id and own.year = zone.year
where own.area_id is null
