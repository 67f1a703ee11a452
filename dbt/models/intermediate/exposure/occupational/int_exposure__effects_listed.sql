-- Groups of like effect of each substance at each job, one row a group; substances without a limit in force have none.
select
    measured.place_id,
    measured.job,
    measured.pollutant_id,
    {{ unnest_list(text_to_list('measured.effect_group')) }} as effect_group
from {{ ref('int_exposure__workplaces_limited') }} as measured
where measured.effect_group is not null
