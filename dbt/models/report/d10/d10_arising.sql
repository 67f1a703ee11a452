-- New pollutants that may arise in a process: of process knowledge; the length of the check list beside it, which is no finding.
with

process_substance as (
    select
        arising.process_id,
        arising.pollutant_id,
        min(arising.name_cn) as name_cn,
        bool_or(not arising.is_check_list) as is_known,
        count(case when arising.is_check_list then 1 end) as check_count,
        bool_or(arising.is_new_pollutant = 'yes') as is_new,
        bool_or(arising.is_new_pollutant = 'candidate') as is_candidate,
        bool_or(arising.verified = 'yes') as is_verified
    from {{ ref('emission_factor_process_pollutant') }} as arising
    group by arising.process_id, arising.pollutant_id
),

summed as (
    select
        process_id,
        {{ listagg_text("case when is_known and is_new then name_cn end", '、', 'pollutant_id') }} as new_pollutants,
        {{ listagg_text("case when is_known and is_candidate and not is_new then name_cn end", '、', 'pollutant_id') }} as candidates,
        cast(count(case when is_known then 1 end) as integer) as known_count,
        cast(sum(check_count) as integer) as check_count,
        bool_and(is_verified or not is_known) as is_verified
    from process_substance
    group by process_id
)

select
    cast(row_number() over (order by summed.process_id asc nulls last) as integer) as row_no,
    summed.process_id,
    process.name_cn,
    summed.new_pollutants,
    summed.candidates,
    summed.known_count,
    summed.check_count,
    case when summed.is_verified then '已核对' else '待核' end as verified
from summed
inner join {{ ref('dim_process') }} as process on process.process_id = summed.process_id
where summed.new_pollutants is not null or summed.candidates is not null
