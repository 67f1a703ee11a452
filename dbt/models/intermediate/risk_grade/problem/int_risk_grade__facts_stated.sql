{# Facts of sites that a clerk stated in supervision/事实, the newest of each: a number, or a yes or no. The object is a site by its id,
   permit number, credit code or name, each only where one site alone bears it; a word that is neither number nor answer is no fact.
   78 % is the share 0.78; a share above 1 without a percent sign is no fact, for nobody knows its unit. #}
with

named as (
    select enterprise_id, enterprise_id as name from {{ ref('dim_enterprise') }}
    union all
    select enterprise_id, permit_no as name from {{ ref('dim_enterprise') }}
    union all
    select enterprise_id, credit_code as name from {{ ref('dim_enterprise') }}
    union all
    select enterprise_id, {{ normalised_name('name') }} as name from {{ ref('dim_enterprise') }}
),

site as (
    select
        name,
        min(enterprise_id) as enterprise_id
    from named
    where name is not null
    group by name
    having count(distinct enterprise_id) = 1
),

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
    site.enterprise_id,
    stated.fact,
    stated.value,
    case answer.code when 'yes' then true when 'no' then false end as is_true,
    '填报为“' || stated.value_text || coalesce(case stated.unit when '月' then '个月' else stated.unit end, '') || '”'
    || coalesce('，填报日期' || {{ date_cn('stated.dated_on') }}, '') as description,
    coalesce(stated.evidence, 'supervision_fact|' || stated.object_id || '|' || stated.fact) as evidence_key
from stated
inner join site
    on site.name = stated.object_id or site.name = {{ normalised_name('stated.object_id') }}
left join {{ ref('crosswalk_code') }} as answer
    on answer.code_set = 'survey_answer' and lower(answer.word) = lower(trim(stated.value_text))
left join share on share.fact = stated.fact
where
    (stated.value is not null or answer.code in ('yes', 'no'))
    and (share.fact is null or stated.value between 0 and 1)
qualify
    row_number() over (
        partition by site.enterprise_id, stated.fact
        order by
            stated.dated_on desc nulls last,
            stated._file_no desc nulls last,
            stated._row asc nulls last,
            stated._record_id asc nulls last
    ) = 1
