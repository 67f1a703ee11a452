-- Mass balances that give no figure, one row a site and reason, and the sites of the manual's processes that hand in none, counted.
-- There the next tier of methods rules, and nothing is guessed.
with

failed as (
    select
        enterprise_id,
        reason_code,
        count(*) as balance_count
    from {{ ref('int_inventory__balances_judged') }}
    where reason_code is not null
    group by enterprise_id, reason_code
),

stated as (
    select distinct enterprise_id from {{ ref('int_inventory__balances_judged') }}
),

silent as (
    select
        count(distinct recognised.enterprise_id) as site_count,
        count(distinct case when stated.enterprise_id is null then recognised.enterprise_id end) as silent_count
    from {{ ref('int_inventory__processes_recognised') }} as recognised
    left join stated on stated.enterprise_id = recognised.enterprise_id
)

select
    'BALANCE:' || failed.enterprise_id || ':' || failed.reason_code as gap_id,
    '物料衡算 / mass balance ' || coalesce(site.name, failed.enterprise_id) as subject,
    reason.label_cn || '（' || {{ to_text('failed.balance_count') }} || '种物质） / ' || reason.label_en as missing,
    case
        when failed.reason_code = 'BALANCE-METERING' then '只知量级（E级），有其他数值的不采用 / an order of size, used only where nothing else is known'
        else '不按物料衡算核算，改用下一级方法 / the next tier of methods rules'
    end as effect,
    failed.enterprise_id as subject_key
from failed
left join {{ ref('dim_enterprise') }} as site on site.enterprise_id = failed.enterprise_id
left join {{ ref('code_label') }} as reason on reason.code_set = 'balance_reason' and reason.code = failed.reason_code
union all
select
    'BALANCE:INPUTS-MISSING' as gap_id,
    '物料衡算 / mass balance' as subject,
    {{ to_text('silent_count') }} || '家企业没有提供输入（适用本手册的' || {{ to_text('site_count') }}
    || '家） / sites that state no inputs' as missing,
    '缺输入，改用下一级方法 / inputs missing: the next tier of methods rules' as effect,
    'mass_balance' as subject_key
from silent
where silent_count > 0
