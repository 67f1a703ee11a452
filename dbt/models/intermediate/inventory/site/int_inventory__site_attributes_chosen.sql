{# Survivorship, attribute by attribute (seed attribute_survivorship): the register with the largest weight × 0.5^(age ÷
   half-life) gives the value; ties go to the newer, then to the larger figure. An attribute that a better register leaves
   empty is taken from the next. What an enterprise corrected in a returned confirmation sheet stands before all registers.
   A record without a date counts as of today, because then no record of that register has one. #}
with

aged as (
    select
        stated.*,
        survivorship.weight
        * coalesce(
            power(
                0.5,
                greatest(coalesce(extract(year from build.as_of) - {{ period_year('stated.stated_at') }}, 0), 0)
                / survivorship.half_life_a
            ),
            1.0
        ) as standing
    from {{ ref('int_inventory__site_attributes_stated') }} as stated
    inner join
        {{ ref('attribute_survivorship') }} as survivorship
        on survivorship.attribute = stated.attribute and survivorship.record_kind = stated.record_kind
    cross join {{ source('intake', 'build') }} as build
),

chosen as (
    select * from aged
    qualify
        row_number() over (
            partition by enterprise_id, attribute
            order by standing desc nulls last, stated_at desc nulls last, number desc nulls last, source asc nulls last
        ) = 1
)

select
    enterprise_id,
    attribute,
    value,
    longitude,
    latitude,
    source,
    stated_at,
    flags,
    origin
from {{ ref('int_inventory__site_attributes_confirmed') }}
union all
select
    chosen.enterprise_id,
    chosen.attribute,
    chosen.value,
    chosen.longitude,
    chosen.latitude,
    chosen.source,
    chosen.stated_at,
    chosen.flags,
    chosen.origin
from chosen
left join
    {{ ref('int_inventory__site_attributes_confirmed') }} as confirmed
    on confirmed.enterprise_id = chosen.enterprise_id and confirmed.attribute = chosen.attribute
where confirmed.enterprise_id is null
