{# Output times the factor of the area's last published manual, as a claim of a stage, where no register says anything of that
   pollutant of the site in that year: the last tier before nothing. Factors that this build derives are never used here. #}
with

chosen as (
    select *
    from {{ ref('stg_intake__released_factors') }}
    where control_state = 'controlled' and unit = 'kg/t' and stage is not null
    qualify
        row_number() over (
            partition by process_id, stage, medium, pollutant_id
            order by
                case when technology_id is null then 0 else 1 end asc nulls last,
                case when scale_class is null then 0 else 1 end asc nulls last,
                factor_id asc nulls last
        ) = 1
),

made as (
    select
        output.enterprise_id,
        output.process_id,
        output.period,
        cast(output.period as integer) as year,
        output.activity
    from {{ ref('int_emission_factor__outputs_summed') }} as output
    where length(output.period) = 4 and output.activity_unit = 't' and output.activity > 0
),

stated as (
    select distinct enterprise_id, medium, pollutant_id, year
    from {{ ref('int_inventory__emission_claims_shared') }}
    where emission_t is not null
),

read_from as (
    select
        made.enterprise_id,
        made.process_id,
        made.year,
        min(activity.source) as source,
        {{ origin_collect('activity._origin') }} as origin
    from made
    inner join {{ ref('activity') }} as activity
        on
            activity.enterprise_id = made.enterprise_id
            and activity.process_id = made.process_id
            and activity.item_kind = 'product'
            and {{ period_year('activity.period') }} = made.year
    group by made.enterprise_id, made.process_id, made.year
)

select
    read_from.source,
    made.enterprise_id as source_key,
    made.enterprise_id,
    made.enterprise_id || ':unknown' as outlet_id,
    chosen.stage,
    chosen.medium,
    chosen.pollutant_id,
    'factor' as method,
    made.year,
    'year' as part,
    'unknown' as outlet_class,
    case chosen.medium when 'water' then 'waste_water' else 'stack' end as outlet_kind,
    {{ id16(["'released'", 'made.enterprise_id', 'chosen.factor_id', 'made.year']) }} as claim_id,
    made.activity * chosen.factor / 1000 as emission_t,
    false as is_unit_unknown,
    cast(1 as integer) as record_count,
    0 as month_count,
    cast(null as integer) as file_no,
    {{ origin_join([
        'read_from.origin',
        origin_profile("'factors/' || chosen.file || ':' || chosen.factor_id", value='chosen.factor', column_name='emission_t'),
    ]) }} as origin,
    true as is_complete,
    false as has_year_claim,
    'year' as period_part
from made
inner join chosen on chosen.process_id = made.process_id
inner join
    read_from
    on
        read_from.enterprise_id = made.enterprise_id
        and read_from.process_id = made.process_id
        and read_from.year = made.year
left join
    stated
    on
        stated.enterprise_id = made.enterprise_id
        and stated.medium = chosen.medium
        and stated.pollutant_id = chosen.pollutant_id
        and stated.year = made.year
where stated.enterprise_id is null
