-- The place of every site that has one. What is held on a legal entity with several sites (-000) is at no place.
select
    enterprise_id,
    longitude,
    latitude
from {{ ref('int_inventory__site_attributes_chosen') }}
where attribute = 'place' and enterprise_id not like '%-000' and longitude is not null and latitude is not null
