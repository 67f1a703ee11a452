-- What was sampled, without names: plants, pairs and periods by process, stage and method. A row of fewer than three plants shows no
-- count of plants, so that nobody is recognised.
select
    cast(row_number() over (
        order by pair.process_id asc nulls last, pair.stage asc nulls first, pair.method asc nulls last
    ) as integer) as row_no,
    pair.process_id,
    pair.stage as stage_code,
    pair.method as method_code,
    process.name_cn as process,
    coalesce({{ code_word('pair.stage', 'stage_of_process') }}, '全装置') as stage,
    {{ code_word('pair.method', 'method_of_emission') }} as method,
    case when count(distinct pair.enterprise_id) >= 3 then cast(count(distinct pair.enterprise_id) as {{ type_string() }}) else '少于3' end
    as plants,
    cast(count(distinct pair.pollutant_id) as integer) as pollutant_count,
    {{ regexp_replace_all(
        regexp_replace_all('min(pair.period)', '^([0-9]{4})Q([1-4])$', '\\1年第\\2季度'), '^([0-9]{4})$', '\\1年') }} as first_period,
    {{ regexp_replace_all(
        regexp_replace_all('max(pair.period)', '^([0-9]{4})Q([1-4])$', '\\1年第\\2季度'), '^([0-9]{4})$', '\\1年') }} as last_period,
    cast(count(*) as integer) as pair_count,
    cast(count(case when pair.is_used then 1 end) as integer) as used_count,
    cast(count(case when pair.is_used and pair.emission_kg is null then 1 end) as integer) as below_count,
    cast(count(case when pair.is_outlier then 1 end) as integer) as outlier_count
from {{ ref('pair') }} as pair
left join {{ ref('dim_process') }} as process on process.process_id = pair.process_id
group by pair.process_id, pair.stage, pair.method, process.name_cn
