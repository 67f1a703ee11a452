{# A beach in a week of the bathing season in the words of the national weekly report: the worst of what was measured in it (seed
   beach_week_rule). Without a count of a microbe the water has no word, and without one nobody calls it suitable. #}
with

season as (
    select
        max(case when parameter_id = 'beach.season_first_month' then value end) as first_month,
        max(case when parameter_id = 'beach.season_last_month' then value end) as last_month
    from {{ ref('int_core__parameter_values_chosen') }}
),

samples as (
    select
        sample.beach_id,
        sample.beach,
        sample.year,
        sample.measured_on,
        cast(date_trunc('week', sample.measured_on) as date) as week_start,
        coalesce(sample.fact, sample.microbe) as item,
        coalesce(sample.value, sample.value_limit) as value,
        sample.week_cells
    from {{ ref('int_green_index__beach_samples_read') }} as sample
    cross join season
    where sample.month between season.first_month and season.last_month
),

judged as (
    select
        samples.*,
        rule.water_class,
        rule.suitability_class,
        rule.cause_cn,
        samples.item in ('fecal_coliform', 'enterococci', 'ecoli') as is_microbe
    from samples
    inner join {{ ref('beach_week_rule') }} as rule
        on rule.fact = samples.item
        and rule.verified <> 'doubtful'
        and (rule.bound_low is null or samples.value > rule.bound_low)
        and (rule.bound_high is null or samples.value <= rule.bound_high)
),

weeks as (
    select
        beach_id,
        year,
        week_start,
        min(beach) as name_cn,
        case when count(case when is_microbe then 1 end) > 0 then max(water_class) end as water_no,
        case when count(case when is_microbe then 1 end) > 0 then max(greatest(coalesce(water_class, 0), suitability_class)) end
        as suitability_no,
        cast(count(distinct measured_on) as integer) as sample_days,
        {{ exact_mean("case when item = 'water_temperature' then value end") }} as water_temperature_c,
        {{ origin_collect('week_cells') }} as _origin
    from judged
    group by beach_id, year, week_start
),

told as (
    select distinct judged.beach_id, judged.year, judged.week_start, judged.cause_cn
    from judged
    inner join weeks
        on weeks.beach_id = judged.beach_id and weeks.year = judged.year and weeks.week_start = judged.week_start
    where judged.cause_cn is not null and judged.suitability_class = weeks.suitability_no
),

causes as (
    select
        beach_id,
        year,
        week_start,
        {{ listagg_text('cause_cn', '、', 'cause_cn') }} as cause
    from told
    group by beach_id, year, week_start
)

select
    weeks.beach_id,
    weeks.year,
    weeks.week_start,
    weeks.name_cn,
    weeks.water_temperature_c,
    case weeks.water_no when 1 then 'excellent' when 2 then 'good' when 3 then 'poor' end as water_class,
    case weeks.suitability_no when 1 then 'suitable' when 2 then 'fairly_suitable' when 3 then 'unsuitable' end as suitability,
    causes.cause,
    weeks.sample_days,
    weeks._origin
from weeks
left join causes
    on causes.beach_id = weeks.beach_id and causes.year = weeks.year and causes.week_start = weeks.week_start
