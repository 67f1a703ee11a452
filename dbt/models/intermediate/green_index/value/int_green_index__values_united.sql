{# One value an indicator, area and year: what our tables hold, else what an earlier edition computed, else what was reported, else,
   for a park, the zone's. A value of no year (an area without an assessment year) is none of an index. #}
with

computed as (
    {% for step in ['pilot', 'exposure', 'air', 'water', 'grade', 'inventory', 'event', 'output'] -%}
    select indicator_id, area_id, cast(year as integer) as year, value, source_table, 'computed' as origin
    from {{ ref('int_green_index__' ~ step ~ '_values_computed') }}
    where value is not null and year is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

found as (
    select * from computed
    union all
    select before.*, 'carried' as origin
    from {{ ref('int_green_index__values_carried') }} as before
    left join computed
        on computed.indicator_id = before.indicator_id and computed.area_id = before.area_id and computed.year = before.year
    where computed.area_id is null
),

own as (
    select
        coalesce(computed.indicator_id, reported.indicator_id) as indicator_id,
        coalesce(computed.area_id, reported.area_id) as area_id,
        coalesce(computed.year, reported.year) as year,
        coalesce(computed.value, reported.value) as value,
        coalesce(computed.origin, 'reported') as origin,
        case when computed.value is not null then computed.source_table else 'raw.indicator_value' end as source_table,
        case when computed.value is null then reported._origin end as _origin
    from found as computed
    full outer join {{ ref('int_green_index__values_reported') }} as reported
        on reported.indicator_id = computed.indicator_id
        and reported.area_id = computed.area_id
        and reported.year = computed.year
),

parks as (
    select area_id, parent_id from {{ ref('int_green_index__areas_rated') }} where area_kind = 'park'
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
