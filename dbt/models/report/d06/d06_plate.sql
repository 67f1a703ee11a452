-- The list of plates, with what each shows and how many signs it has. The atlas draws three parks; of more the last line says so.
with

plate as (
    select 1 as row_no, '风险源分布与等级' as name, '风险源按等级' as content, count(longitude) as shown, count(*) as whole
    from {{ ref('d06_source') }}
    union all
    select 2 as row_no, '受体与敏感点' as name, '学校、医院、养老机构、居民点等' as content, count(longitude) as shown, count(*) as whole
    from {{ ref('d06_receptor') }}
    union all
    select 3 as row_no, '监测点位' as name, '环境监测点位按介质' as content, count(longitude) as shown, count(*) as whole
    from {{ ref('d06_site') }}
    union all
    select 4 as row_no, '致癌风险' as name, '网格居民致癌风险' as content, count(cancer_no) as shown, count(*) as whole
    from {{ ref('d06_cell') }}
    union all
    select 5 as row_no, '非致癌危害指数' as name, '网格居民危害指数' as content, count(hazard_no) as shown, count(*) as whole
    from {{ ref('d06_cell') }}
    union all
    select 6 as row_no, '人口暴露' as name, '网格居住人口' as content, count(people_no) as shown, count(*) as whole
    from {{ ref('d06_cell') }}
    union all
    select 7 as row_no, '分区分级总图' as name, '网格等级与风险源等级' as content, count(grade_no) as shown, count(*) as whole
    from {{ ref('d06_cell') }}
    union all
    select 8 as row_no, '不确定性' as name, '风险源等级的概率' as content, count(longitude) as shown, count(*) as whole
    from {{ ref('d06_source') }}
),

counted as (
    select count(*) as park_count
    from {{ ref('d06_park') }}
),

parks as (
    select
        8 + row_no as row_no,
        name_cn || '放大图' as name,
        '网格等级与风险源等级'
        || case
            when row_no = 3 and counted.park_count > 3
                then '；其余 ' || {{ to_text('counted.park_count - 3') }} || ' 个园区见互动地图'
            else ''
        end as content
    from {{ ref('d06_park') }}
    cross join counted
    where row_no <= 3
)

select
    cast(row_no as integer) as row_no,
    name,
    content,
    cast(shown as integer) as shown,
    cast(whole - shown as integer) as left_out,
    edition.as_of
from plate
cross join {{ ref('edition') }} as edition
union all
select
    cast(row_no as integer) as row_no,
    name,
    content,
    cast(null as integer) as shown,
    cast(null as integer) as left_out,
    edition.as_of
from parks
cross join {{ ref('edition') }} as edition
