-- The national value of each exposure factor of each group, for both sexes and for each (seed exposure_parameter says which row): the
-- sex's own row before that of all, what was seen before what is remembered, the model default last. Doubtful rows decide nothing.
with

sexes as (
    select 'all' as sex
    union all
    select 'male' as sex
    union all
    select 'female' as sex
),

candidate as (
    select
        parameter.population_group,
        parameter.parameter,
        sexes.sex,
        coalesce(national.mean, national.p50) as value,
        national.source,
        national.verified,
        national._line,
        coalesce(national.parameter = parameter.fallback_parameter, false) as is_fallback,
        national.sex = sexes.sex as is_own_sex,
        {{ origin_seed('national_exposure_factor', 'national', {'national_default': 'mean'}) }} as mean_origin,
        {{ origin_seed('national_exposure_factor', 'national', {'national_default': 'p50'}) }} as p50_origin,
        national.mean is null as is_median
    from {{ ref('exposure_parameter') }} as parameter
    cross join sexes
    inner join {{ seed_rows('national_exposure_factor') }} as national
        on national.region = '全国'
        and national.sex in (sexes.sex, 'all')
        and national.verified <> 'doubtful'
        and (
            (
                national.population = parameter.national_population
                and national.age_group = parameter.national_age_group
                and national.parameter = parameter.national_parameter
                and coalesce(national.activity_or_season, '') = coalesce(parameter.national_activity, '')
            )
            or (
                national.population = parameter.fallback_population
                and national.parameter = parameter.fallback_parameter
            )
        )
)

select
    population_group,
    parameter,
    sex,
    value,
    source,
    verified,
    case when is_median then p50_origin else mean_origin end as _origin
from candidate
where value is not null
qualify
    row_number() over (
        partition by population_group, parameter, sex
        order by
            case when is_fallback then 1 else 0 end asc nulls last,
            case when is_own_sex then 0 else 1 end asc nulls last,
            case verified when 'yes' then 0 when 'own' then 1 else 2 end asc nulls last,
            _line asc nulls last
    ) = 1
