{# Every input of a site or pollutant that differs from the previous edition, with the reason that its file gives: emission claims of the
   years either edition assesses, stated uses that count, and attributes of the site. Equal content under another figure means another method. #}
{%- set attributes = ['name', 'status', 'industry_code', 'park_id', 'longitude', 'latitude', 'employees'] -%}
with

year as (
    select least(max(chosen.assessment_year), max(previous.assessment_year)) as first_year
    from {{ ref('int_inventory__assessment_year_chosen') }} as chosen
    left join {{ ref('stg_previous__editions') }} as previous on true
),

current_claim as (
    select
        enterprise_id, pollutant_id, concat_ws('|', outlet_id, medium, pollutant_id, {{ to_text('year') }}, source, method) as input_key,
        {{ exact_sum('emission_t') }} as amount, bool_or(is_winner) as is_winner, max({{ origin_any_file_no('_origin') }}) as file_no
    from {{ ref('emission_claim') }}
    cross join year
    where year >= first_year
    group by enterprise_id, outlet_id, medium, pollutant_id, year, source, method
),

previous_claim as (
    select
        enterprise_id, pollutant_id, concat_ws('|', outlet_id, medium, pollutant_id, {{ to_text('year') }}, source, method) as input_key,
        {{ exact_sum('emission_t') }} as amount, bool_or(is_winner) as is_winner, max(file_no) as file_no
    from {{ ref('stg_previous__claims') }}
    cross join year
    where year >= first_year
    group by enterprise_id, outlet_id, medium, pollutant_id, year, source, method
),

current_use as (
    select enterprise_id, pollutant_id, concat_ws('|', pollutant_id, role, {{ to_text('year') }}) as input_key, quantity_t as amount,
        is_counted as is_winner, {{ origin_any_file_no('_origin') }} as file_no
    from {{ ref('chemical_use') }}
    where is_counted
),

previous_use as (
    select enterprise_id, pollutant_id, concat_ws('|', pollutant_id, role, {{ to_text('year') }}) as input_key, quantity_t as amount,
        is_counted as is_winner, file_no
    from {{ ref('stg_previous__uses') }}
    where is_counted
),

current_input as (select * from current_claim union all select * from current_use),

previous_input as (select * from previous_claim union all select * from previous_use),

current_attribute as (
    {% for attribute in attributes %}
    select enterprise_id, '{{ attribute }}' as input_key, {{ to_text(attribute) }} as amount,
        {{ origin_file_no_of('_origin', attribute) }} as file_no
    from {{ ref('dim_enterprise') }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

previous_attribute as (
    {% for attribute in attributes %}
    select enterprise_id, '{{ attribute }}' as input_key, {{ to_text(attribute) }} as amount, {{ attribute }}_file_no as file_no
    from {{ ref('stg_previous__enterprises') }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

differing as (
    select
        coalesce(now.enterprise_id, before.enterprise_id) as enterprise_id,
        coalesce(now.pollutant_id, before.pollutant_id) as pollutant_id,
        now.file_no as file_no,
        before.file_no as previous_file_no,
        now.enterprise_id is null as is_gone
    from current_input as now
    full outer join previous_input as before on before.enterprise_id = now.enterprise_id and before.input_key = now.input_key
    where now.amount is distinct from before.amount or now.is_winner is distinct from before.is_winner
    union all
    select
        coalesce(now.enterprise_id, before.enterprise_id) as enterprise_id,
        cast(null as {{ type_string() }}) as pollutant_id,
        now.file_no as file_no,
        before.file_no as previous_file_no,
        now.enterprise_id is null as is_gone
    from current_attribute as now
    full outer join previous_attribute as before on before.enterprise_id = now.enterprise_id and before.input_key = now.input_key
    where now.amount is distinct from before.amount
),

judged as (
    select
        differing.enterprise_id,
        differing.pollutant_id,
        case
            when not is_gone and now_file.state = 'corrected' then 'CORRECTED-VALUE'
            when not is_gone and now_file.state = 'new' and now_file.path like '%核对表%' then 'CORRECTED-VALUE'
            when not is_gone and now_file.state = 'new' then 'NEW-FILE'
            when before_file.state = 'removed' then 'FILE-REMOVED'
            when before_file.state = 'corrected' then 'CORRECTED-VALUE'
            else 'METHOD-CHANGED'
        end as reason,
        case when not is_gone and now_file.state <> 'same' then now_file.path else before_file.path end as path
    from differing
    left join
        {{ ref('int_inventory__files_compared') }} as now_file
        on now_file.edition = 'current' and now_file.file_no = differing.file_no
    left join
        {{ ref('int_inventory__files_compared') }} as before_file
        on before_file.edition = 'previous' and before_file.file_no = differing.previous_file_no
)

select distinct 'source' as object_kind, enterprise_id as object_id, reason, path from judged
union all
select distinct 'site' as object_kind, enterprise_id as object_id, reason, path from judged where pollutant_id is null
union all
select distinct 'pollutant' as object_kind, pollutant_id as object_id, reason, path from judged where pollutant_id is not null
