{# What is assessed under which rule set, and for which year: applications by their track, open facilities and beaches by year, the
   venues and the expert team of the area as one object each, projects in the year of the as-of date. An enterprise is a candidate of the
   leading ones in each year for which it states its revenue of 环境健康+, a product in each year for which a fact of it is stated. #}
with

build as (
    select cast(extract(year from as_of) as integer) as year from {{ source('intake', 'build') }}
)

select
    track.code as rule_set,
    application.application_id as object_id,
    coalesce(cast(extract(year from application.applied_on) as integer), build.year) as year
from {{ ref('stg_pilot__applications') }} as application
cross join build
inner join {{ ref('crosswalk_code') }} as track
    on track.code_set = 'fund_track' and track.word = trim(application.category_word)
where application.application_id is not null
union
select 'open_facility' as rule_set, enterprise_id as object_id, year from {{ ref('int_pilot__open_days_summed') }}
union
select 'beach' as rule_set, beach_id as object_id, year from {{ ref('int_green_index__beach_samples_read') }}
union
select 'publicity' as rule_set, 'area' as object_id, year from {{ ref('stg_pilot__venues') }} where year is not null
union
select 'expert_team' as rule_set, 'area' as object_id, build.year
from build
where exists (select 1 from {{ ref('stg_pilot__experts') }})
union
select 'industry_plus' as rule_set, {{ id16(["'pilot_industry'", 'record.project']) }} as object_id, build.year
from {{ ref('stg_pilot__industries') }} as record
cross join build
where record.project is not null
union
select 'leading_enterprise' as rule_set, object_id, year
from {{ ref('int_pilot__facts_stated') }}
where object_kind = 'enterprise' and fact = 'plus_revenue_share'
union
select 'friendly_product' as rule_set, object_id, year
from {{ ref('int_pilot__facts_stated') }}
where object_kind = 'product'
