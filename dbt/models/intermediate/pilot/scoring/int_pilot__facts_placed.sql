{# Facts of 评分事实.xlsx with the object that they are about (null where none fits or several do). An enterprise is named by id, code or
   name, an application by its number, the others by name. #}
with

stated as (
    select
        fact.*,
        word.code as object_code,
        coalesce(cast(extract(year from fact.dated_on) as integer), cast(extract(year from build.as_of) as integer)) as year
    from {{ ref('stg_pilot__facts') }} as fact
    cross join {{ source('intake', 'build') }} as build
    left join {{ ref('crosswalk_code') }} as word
        on word.code_set = 'scoring_object' and word.word = trim(fact.object_kind)
),

placed as (
    select
        stated.*,
        case stated.object_code
            when 'enterprise' then coalesce(as_written.enterprise_id, as_name.enterprise_id)
            when 'beach' then {{ id16(["'beach'", 'trim(stated.object_id)']) }}
            when 'project' then {{ id16(["'pilot_industry'", 'trim(stated.object_id)']) }}
            when 'product' then {{ id16(["'friendly_product'", 'trim(stated.object_id)']) }}
            when 'application' then trim(stated.object_id)
            when 'area_index' then area.area_id
            else 'area'
        end as object_key
    from stated
    left join {{ ref('dim_area') }} as area
        on area.area_kind in ('area', 'park')
        and (
            trim(stated.object_id) in (area.area_id, area.name_cn)
            or {{ list_has('area.aliases', 'trim(stated.object_id)') }}
        )
    left join {{ ref('int_inventory__site_names_listed') }} as as_written on as_written.named = trim(stated.object_id)
    left join {{ ref('int_inventory__site_names_listed') }} as as_name on as_name.named = {{ normalised_name('stated.object_id') }}
)

select * from placed
