-- Numbers of other platforms that stand for no known site: their codes and warnings are not used.
with

used as (
    select platform, platform_no, 'code' as kind from {{ ref('stg_platform__codes') }}
    union all
    select platform, platform_no, 'warning' as kind from {{ ref('stg_platform__warnings') }}
    where platform_no is not null
)

select
    'PLATFORM:number:' || coalesce(used.platform, '') || ':' || coalesce(used.platform_no, '') as gap_id,
    '既有平台 / platform ' || coalesce(used.platform, '') || ' ' || coalesce(used.platform_no, '') as subject,
    '平台编号对不上企业 / the number stands for no known site' as missing,
    {{ to_text('count(*)') }} || ' 条码或预警未采用 / codes or warnings are not used' as effect,
    used.platform_no as subject_key
from used
left join {{ ref('int_risk_grade__platform_ids_matched') }} as known
    on known.platform_no = used.platform_no and (known.platform = used.platform or (used.platform is null and known.is_number_of_one))
where known.platform_no is null
group by used.platform, used.platform_no
