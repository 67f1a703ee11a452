{# Every line of supervision/事实 with the site that it is about, its number or its yes or no, and what it lacks to be a fact (`lack`). The
   object is a site by its id, permit number, credit code or name, each only where one site alone bears it. 78 % is the share 0.78; a share
   above 1 without a percent sign is no fact, for nobody knows its unit. #}
with

share as (
    select distinct fact
    from {{ ref('code_rule') }}
    where unit = 'share'
),

stated as (
    select
        written.*,
        {{ try_double("replace(replace(written.value_text, '%', ''), '％', '')") }}
        / case
            when written.unit in ('%', '％') or right(trim(written.value_text), 1) in ('%', '％') then 100
            else 1
        end as value
    from {{ ref('stg_supervision__facts') }} as written
)

select
    stated._record_id,
    stated._file_no,
    stated._row,
    stated.object_id,
    coalesce(as_written.enterprise_id, as_name.enterprise_id) as enterprise_id,
    stated.fact,
    stated.value,
    case answer.code when 'yes' then true when 'no' then false end as is_true,
    '填报为“' || stated.value_text || coalesce(case stated.unit when '月' then '个月' else stated.unit end, '') || '”'
    || coalesce('，填报日期' || {{ date_cn('stated.dated_on') }}, '') as description,
    coalesce(stated.evidence, 'supervision_fact|' || stated.object_id || '|' || stated.fact) as evidence_key,
    stated.dated_on,
    case
        when as_written.named is null and as_name.named is null then 'object'
        when as_written.enterprise_id is null and as_name.enterprise_id is null then 'objects'
        when stated.value is null and coalesce(answer.code not in ('yes', 'no'), true) then 'value'
        when share.fact is not null and not coalesce(stated.value between 0 and 1, false) then 'share'
    end as lack
from stated
left join {{ ref('int_inventory__site_names_listed') }} as as_written on as_written.named = stated.object_id
left join {{ ref('int_inventory__site_names_listed') }} as as_name on as_name.named = {{ normalised_name('stated.object_id') }}
left join {{ ref('crosswalk_code') }} as answer
    on answer.code_set = 'survey_answer' and lower(answer.word) = lower(trim(stated.value_text))
left join share on share.fact = stated.fact
