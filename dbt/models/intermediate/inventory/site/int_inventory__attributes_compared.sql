{# Attributes of a site that two registers or more state, each compared with the chosen value: equal, or how far apart. Texts are
   compared in their normalised form, parks by their id, industries by the code that both know, numbers by |ln ratio|, places
   by metres. #}
with

parameter as (
    select
        max(case when parameter_id = 'conflict_agree_ln_ratio' then value end) as agree_ln,
        max(case when parameter_id = 'conflict_minor_ln_ratio' then value end) as minor_ln,
        max(case when parameter_id = 'conflict_review_ln_ratio' then value end) as review_ln
    from {{ ref('int_core__parameter_values_chosen') }}
),

reach as (
    select
        max(case when parameter_id = 'match.place_to.near' then value end) as near_m,
        max(case when parameter_id = 'match.place_to.around' then value end) as around_m,
        max(case when parameter_id = 'match.place_to.apart' then value end) as apart_m
    from {{ ref('int_core__parameter_values_chosen') }}
),

park as (
    select
        stated.value as park,
        min(area.area_id) as park_id
    from {{ ref('int_inventory__site_attributes_stated') }} as stated
    inner join
        {{ ref('int_core__areas_outlined') }} as area
        on
            area.area_kind = 'park'
            and (stated.value = area.area_id or stated.value = area.name_cn or {{ list_has('area.aliases', 'stated.value') }})
    where stated.attribute = 'park'
    group by stated.value
),

stated as (
    select
        stated.enterprise_id,
        stated.attribute,
        stated.source,
        case
            when stated.attribute = 'place'
                then {{ to_text('round(stated.longitude, 6)') }} || ',' || {{ to_text('round(stated.latitude, 6)') }}
            else stated.value
        end as value,
        case
            when stated.attribute = 'park' then coalesce(park.park_id, stated.value)
            when stated.attribute in ('name', 'industry_name') then {{ normalised_name('stated.value') }}
            else stated.value
        end as compared,
        stated.number,
        stated.longitude,
        stated.latitude,
        stated.stated_at,
        stated.origin,
        count(*) over (partition by stated.enterprise_id, stated.attribute) as source_count
    from {{ ref('int_inventory__site_attributes_stated') }} as stated
    left join park on stated.attribute = 'park' and park.park = stated.value
    -- a record that names another one's code or permit by the way is no statement about the site
    where stated.record_kind <> 'other' and stated.attribute not in ('permit_no', 'credit_code', 'industry_name')
),

paired as (
    select
        stated.*,
        chosen.source as chosen_source,
        chosen.compared as chosen_compared,
        abs(ln(nullif(stated.number, 0) / nullif(chosen.number, 0))) as ln_ratio,
        case
            when stated.attribute = 'place'
                then {{ metres_between('stated.longitude', 'stated.latitude', 'chosen.longitude', 'chosen.latitude') }}
        end as distance_m
    from stated
    inner join
        {{ ref('int_inventory__site_attributes_chosen') }} as choice
        on choice.enterprise_id = stated.enterprise_id and choice.attribute = stated.attribute
    inner join
        stated as chosen
        on
            chosen.enterprise_id = stated.enterprise_id
            and chosen.attribute = stated.attribute
            and chosen.source = choice.source
    where stated.source_count > 1
)

select
    paired.enterprise_id,
    paired.attribute,
    paired.source,
    paired.value,
    paired.source = paired.chosen_source as chosen,
    case
        when paired.attribute = 'place' and paired.distance_m <= reach.near_m then 'agree'
        when paired.attribute = 'place' and paired.distance_m <= reach.around_m then 'minor'
        when paired.attribute = 'place' and paired.distance_m <= reach.apart_m then 'review'
        when paired.attribute = 'place' then 'block'
        when paired.compared = paired.chosen_compared then 'agree'
        -- a code is finer than another that it begins with, not other; a register may list several
        when
            paired.attribute = 'industry_code'
            and (
                paired.chosen_compared like paired.compared || '%'
                or ', ' || paired.compared like '%, ' || paired.chosen_compared || '%'
            ) then 'agree'
        when paired.ln_ratio <= parameter.agree_ln then 'agree'
        when paired.ln_ratio <= parameter.minor_ln then 'minor'
        when paired.ln_ratio <= parameter.review_ln then 'review'
        when paired.ln_ratio is not null then 'block'
        else 'differ'
    end as conflict_class,
    paired.ln_ratio,
    paired.distance_m,
    paired.stated_at,
    paired.source_count,
    paired.origin
from paired
cross join parameter
cross join reach
