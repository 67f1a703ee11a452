{# Figures of sampling with the survey that they are of: the year that the file names; a file that names none is of the newest
   survey that no other file speaks of. #}
with

surveys as (
    select distinct year from {{ ref('int_pilot__respondents_read') }}
),

newest as (
    select max(surveys.year) as year
    from surveys
    left join {{ ref('stg_literacy__samplings') }} as told on told.survey_year = surveys.year
    where told.survey_year is null
)

select
    coalesce(sampling.survey_year, newest.year) as year,
    sampling.street,
    sampling.sampled,
    sampling.responded,
    sampling.rechecked,
    sampling.consistent,
    {{ provenance('sampling') }}
from {{ ref('stg_literacy__samplings') }} as sampling
cross join newest
where coalesce(sampling.survey_year, newest.year) is not null
