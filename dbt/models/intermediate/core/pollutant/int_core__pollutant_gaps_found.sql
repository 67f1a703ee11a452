-- What law and science lack: lists whose members are not known for sure, doubtful values, substances without a value, sums that
-- the list leaves out since they have no value of their own (indicators are no substances).
with

used_pollutants as (
    select distinct pollutant_id from {{ ref('emission_claim') }}
)

select
    'LIST:' || list_code as gap_id,
    '名录 / list ' || list_name as subject,
    case when list_status = 'draft' then '只有征求意见稿 / draft only' else '成员未收全 / members incomplete' end as missing,
    '不用于判定 / decides nothing' as effect,
    list_code as subject_key
from {{ ref('regulatory_list_status') }}
where not decides
union all
select
    'DOUBTFUL:toxicity:' || cas_no || ':' || value_type_code as gap_id,
    '毒性值 / toxicity value ' || cas_no || ' '
        || replace(replace(value_type_code, '_acute', '（急性）'), '_chronic', '（慢性）') as subject,
    '参考值存疑，未采用 / doubtful, not used' as missing,
    '该物质可能没有可用的毒性值 / the substance may lack a usable value' as effect,
    cas_no as subject_key
from {{ ref('toxicity') }}
where verified = 'doubtful'
group by cas_no, value_type_code
union all
select
    case when pollutant.is_group then 'GROUP:' || pollutant.pollutant_id else 'TOXICITY:' || pollutant.pollutant_id end as gap_id,
    '污染物 / pollutant ' || coalesce(pollutant.name_cn, pollutant.name_en, pollutant.pollutant_id) as subject,
    case
        when pollutant.is_group then '只有合计量，不列入风险污染物清单 / only a sum is stated; left out of the list'
        else '没有可采用的毒性值 / no chosen toxicity value'
    end as missing,
    case
        when pollutant.is_group then '未单独申报的成员未参加筛查 / members that nobody states one by one are not screened'
        else '不进入风险与毒性加权计算，按未知计数 / left out of risk and toxicity weights, counted as unknown'
    end as effect,
    pollutant.pollutant_id as subject_key
from used_pollutants
inner join {{ ref('dim_pollutant') }} as pollutant
    on pollutant.pollutant_id = used_pollutants.pollutant_id
left join {{ ref('toxicity_value') }} as toxicity
    on toxicity.pollutant_id = pollutant.pollutant_id and toxicity.is_chosen
    and toxicity.use_class in ('cancer', 'chronic')
where toxicity.toxicity_value_id is null and (not pollutant.is_group or pollutant.pollutant_kind = 'group')
