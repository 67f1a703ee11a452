-- What differs from the last published release of the area (its profile's factors/): added, dropped, changed; in
-- grams as the coefficient tables.
with

before as (
    select
        replace(factor_id, 'released:', '') as factor_id,
        version,
        process_id,
        stage,
        pollutant_id,
        control_state,
        factor
    from {{ ref('reference_factor') }}
    where origin_kind = 'released'
),

now as (
    select factor_id, process_id, stage, pollutant_id, control_state, technology_id, factor
    from {{ ref('factor') }}
    where is_published and factor is not null
),

has_release as (
    select count(*) as release_count from before
),

compared as (
    select
        coalesce(now.factor_id, before.factor_id) as factor_id,
        coalesce(now.process_id, before.process_id) as process_id,
        case when now.factor_id is null then before.stage else now.stage end as stage,
        coalesce(now.pollutant_id, before.pollutant_id) as pollutant_id,
        coalesce(now.control_state, before.control_state) as control_state,
        now.technology_id,
        before.version as old_version,
        before.factor as old_factor,
        now.factor as new_factor
    from now
    full join before on before.factor_id = now.factor_id
)

select
    cast(row_number() over (order by compared.process_id asc nulls last, compared.factor_id asc nulls last) as integer) as row_no,
    compared.factor_id,
    coalesce(process.name_cn, compared.process_id) as process,
    coalesce({{ code_word('compared.stage', 'stage_of_process') }}, '全装置') as stage,
    coalesce(pollutant.name_cn, compared.pollutant_id) as pollutant,
    case compared.control_state when 'uncontrolled' then '产污' else '排污' end as kind,
    case
        when compared.technology_id = 'mixed' then '多种'
        when compared.technology_id = 'unknown' then '未说明'
        else {{ code_word('compared.technology_id', 'technology') }}
    end as technology,
    compared.old_version,
    compared.old_factor * 1000 as old_factor,
    compared.new_factor * 1000 as new_factor,
    case
        when compared.old_factor is null then '新增'
        when compared.new_factor is null then '撤下'
        when compared.new_factor > compared.old_factor then '调高'
        else '调低'
    end as change
from compared
cross join has_release
left join {{ ref('dim_process') }} as process on process.process_id = compared.process_id
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = compared.pollutant_id
where has_release.release_count > 0 and compared.new_factor is distinct from compared.old_factor
