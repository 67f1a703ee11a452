-- The years that the screening counts: releases and permits of the assessment year, use of the newest survey up to it.
select
    build.assessment_year as year,
    cast(max(chemical_use.year) as integer) as use_year
from {{ ref('int_inventory__assessment_year_chosen') }} as build
left join {{ ref('chemical_use') }} as chemical_use on chemical_use.year <= build.assessment_year
group by build.assessment_year
