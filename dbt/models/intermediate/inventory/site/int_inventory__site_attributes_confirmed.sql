{# Attributes of sites as a returned confirmation sheet corrects them (rule CONFIRMED): they stand before every register. Only
   corrections count here; a figure that is none, or a word of no known status, changes nothing (the dossier's section 18 shows it).
   People write units beside numbers. A place needs both coordinates: the one that was not corrected is the one that was printed. #}
{%- set degrees = regexp_replace_all('coalesce(new_value, old_value)', '[°\\s]') -%}
with

correction as (
    select * from {{ ref('int_inventory__corrections_matched') }}
    where is_newest and attribute is not null
),

corrected as (
    select
        correction.enterprise_id,
        correction.attribute,
        case correction.attribute
            when 'employees'
                then {{ to_text('try_cast(' ~ regexp_replace_all('correction.new_value', '[,，\\s人名]') ~ ' as integer)') }}
            when 'status' then status_word.code
            when 'industry_code' then nullif({{ regexp_replace_all('correction.new_value', '^[A-Z]') }}, '')
            else correction.new_value
        end as value,
        correction.confirmed_on,
        correction._flags,
        {{ origin_of_correction('correction') }} as origin
    from correction
    left join
        {{ ref('int_inventory__code_words_normalised') }} as status_word
        on status_word.code_set = 'enterprise_status' and status_word.word = lower(correction.new_value)
    where correction.new_value is not null and correction.attribute not in ('longitude', 'latitude')
),

place as (
    select
        enterprise_id,
        max(case when attribute = 'longitude' then try_cast({{ degrees }} as double) end) as longitude,
        max(case when attribute = 'latitude' then try_cast({{ degrees }} as double) end) as latitude,
        max(confirmed_on) as confirmed_on,
        {{ origin_collect(origin_of_correction('correction')) }} as origin
    from correction
    where attribute in ('longitude', 'latitude')
    group by enterprise_id
    having count(new_value) > 0
)

select
    enterprise_id,
    attribute,
    value,
    cast(null as double) as longitude,
    cast(null as double) as latitude,
    'site_survey' as source,
    {{ to_text('confirmed_on') }} as stated_at,
    _flags as flags,
    origin
from corrected
where value is not null
union all
select
    enterprise_id,
    'place' as attribute,
    'place' as value,
    longitude,
    latitude,
    'site_survey' as source,
    {{ to_text('confirmed_on') }} as stated_at,
    {{ list_of([]) }} as flags,
    origin
from place
where longitude between -180 and 180 and latitude between -90 and 90
