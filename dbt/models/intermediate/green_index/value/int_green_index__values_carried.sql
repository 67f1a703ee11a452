{# What an earlier edition computed of an earlier assessment year, of tables that hold one year only: without it no year could be compared
   with the one before. A value of its own year is never carried: today's tables hold it, or its records are gone. #}
select
    before.indicator_id,
    before.area_id,
    before.year,
    before.value,
    before.source_table
from {{ ref('stg_previous__indicator_values') }} as before
inner join {{ ref('indicator_computation') }} as computation
    on computation.indicator_id = before.indicator_id and computation.stands_for = 'assessment_year'
inner join {{ ref('int_green_index__areas_rated') }} as area on area.area_id = before.area_id
cross join {{ ref('int_inventory__assessment_year_chosen') }} as assessed
where
    before.origin in ('computed', 'carried') and before.value is not null
    and before.year < cast(assessed.assessment_year as integer)
