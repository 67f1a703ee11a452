{# What this edition lacks, with the effect of each. Unknown is null and counted: nothing here is filled in elsewhere. #}
with

sources_without_files as (
    select
        'SOURCE:' || label.code as gap_id,
        '来源 / source ' || label.code || '（' || label.label_cn || '）' as subject,
        '本期没有有效文件 / no current file' as missing,
        '依赖该来源的表为空 / tables that rest on it are empty' as effect
    from {{ ref('code_label') }} as label
    left join {{ source('intake', 'source_file') }} as files
        on files.source = label.code and files.status = 'current' and files.records_loaded > 0
    where label.code_set = 'source' and label.code <> 'decisions' and files.file_no is null
),

refused_files as (
    select
        'FILE:' || {{ to_text('file_no') }} as gap_id,
        '文件 / file ' || path as subject,
        '未能读入 / could not be read' as missing,
        '其中记录未入库，原因见 meta.quarantine / its records are not loaded; meta.quarantine says why' as effect
    from {{ source('intake', 'source_file') }}
    where status = 'refused'
),

quarantined as (
    select
        'QUARANTINE:' || reason_code as gap_id,
        '隔离记录 / quarantined records: ' || reason_code as subject,
        {{ to_text('count(distinct record_id)') }} || ' 条记录未采用 / records left out' as missing,
        '相关合计可能偏低 / sums may be too low' as effect
    from {{ source('intake', 'quarantine') }}
    group by reason_code
),

lists as (
    select
        'LIST:' || list_code as gap_id,
        '名录 / list ' || list_code || '（' || list_name || '）' as subject,
        case when list_status = 'draft' then '只有征求意见稿 / draft only' else '成员未收全 / members incomplete' end as missing,
        '不用于判定 / decides nothing' as effect
    from {{ ref('regulatory_list_status') }}
    where not decides
),

doubtful_values as (
    select
        'DOUBTFUL:toxicity:' || cas_no || ':' || value_type_code as gap_id,
        '毒性值 / toxicity value ' || cas_no || ' ' || value_type_code as subject,
        '参考值存疑，未采用 / doubtful, not used' as missing,
        '该物质可能没有可用的毒性值 / the substance may lack a usable value' as effect
    from {{ ref('toxicity') }}
    where verified = 'doubtful'
    group by cas_no, value_type_code
),

used_pollutants as (
    select distinct pollutant_id from {{ ref('emission_claim') }}
),

{# a substance without a value; a sum that the list leaves out, since it has no value of its own (indicators are no substances) #}
without_toxicity as (
    select
        case when pollutant.is_group then 'GROUP:' else 'TOXICITY:' end || pollutant.pollutant_id as gap_id,
        '污染物 / pollutant ' || pollutant.pollutant_id || coalesce('（' || pollutant.name_cn || '）', '') as subject,
        case
            when pollutant.is_group then '只有合计量，不列入风险污染物清单 / only a sum is stated; left out of the list'
            else '没有可采用的毒性值 / no chosen toxicity value'
        end as missing,
        case
            when pollutant.is_group then '未单独申报的成员未参加筛查 / members that nobody states one by one are not screened'
            else '不进入风险与毒性加权计算，按未知计数 / left out of risk and toxicity weights, counted as unknown'
        end as effect
    from used_pollutants
    inner join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = used_pollutants.pollutant_id
    left join {{ ref('toxicity_value') }} as toxicity
        on toxicity.pollutant_id = pollutant.pollutant_id and toxicity.is_chosen and toxicity.use_class in ('cancer', 'chronic')
    where toxicity.toxicity_value_id is null and (not pollutant.is_group or pollutant.pollutant_kind = 'group')
),

without_place as (
    select
        'PLACE:' || enterprise_id as gap_id,
        '企业 / site ' || enterprise_id || coalesce('（' || name || '）', '') as subject,
        '没有可用坐标 / no usable coordinates' as missing,
        '不进入距离、网格和地图 / left out of distances, grid and map' as effect
    from {{ ref('dim_enterprise') }}
    where longitude is null or latitude is null
),

without_outline as (
    select
        'AREA:' || area_id as gap_id,
        '区域 / area ' || area_id || '（' || name_cn || '）' as subject,
        '没有边界 / no outline' as missing,
        case
            when area_kind = 'area'
                then '网格为空，无法划区和制图 / the grid is empty, no zoning and no map'
            else '只能按名称归属，无三公里环带，不上图 / sites join it by name only, no 3 km ring, not on the map'
        end as effect
    from {{ ref('dim_area') }}
    where area_kind in ('area', 'park') and geometry_wkt is null
),

inventory_gaps as (
    select 'INVENTORY:' || gap_id as gap_id, subject, missing, effect
    from {{ ref('inventory_gap') }}
),

{# a table of a document that has nothing to print: the subject is the table, so that the document can say why #}
document_gaps as (
    select
        'DOCUMENT:' || gap_text.table_name || ':' || gap_text.counted as gap_id,
        gap_text.table_name as subject,
        gap_text.missing,
        gap_text.effect
    from {{ ref('document_gap_text') }} as gap_text
    inner join {{ ref('int_pilot__document_inputs_counted') }} as counted on counted.counted = gap_text.counted
    where counted.input_count = 0
),

gaps as (
    select * from sources_without_files
    union all
    select * from refused_files
    union all
    select * from quarantined
    union all
    select * from lists
    union all
    select * from doubtful_values
    union all
    select * from without_toxicity
    union all
    select * from without_place
    union all
    select * from without_outline
    union all
    select * from inventory_gaps
    union all
    select * from document_gaps
)

select
    gap_id,
    subject,
    missing,
    effect,
    case when gap_id like 'DOUBTFUL:%' then split_part(gap_id, ':', 3) else split_part(gap_id, ':', 2) end as subject_key
from gaps
