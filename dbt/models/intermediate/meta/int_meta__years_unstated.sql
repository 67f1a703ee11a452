{# Records that belong to a year which neither the file's name, a title, its folder nor a column states: nothing that goes by years takes
   them, so each file is counted. #}
{%- set dated = [
    ('stg_permit__treatments', 'period', '治理设施运行'),
    ('stg_permit__tanks', 'record_year', '储罐'),
    ('stg_permit__loadings', 'record_year', '装卸'),
    ('stg_permit__flares', 'record_year', '火炬'),
    ('stg_monitoring__leaks', 'record_year', '泄漏检测与修复'),
    ('stg_monitoring__workplaces', 'coalesce(record_year, extract(year from sampled_at))', '职业卫生检测'),
    ('stg_chemical_survey__uses', 'survey_year', '化学物质调查'),
    ('stg_key_unit__entries', 'list_year', '重点单位名录'),
    ('stg_literacy__respondents', 'survey_year', '素养调查'),
] -%}
with

unstated as (
    {% for model, year, label in dated %}
    select
        _file_no as file_no,
        '{{ label }}' as label,
        cast(count(*) as integer) as record_count
    from {{ ref(model) }}
    where {{ year }} is null
    group by _file_no
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    'YEAR-UNSTATED:' || {{ to_text('unstated.file_no') }} || ':' || unstated.label as gap_id,
    '文件 / file ' || files.path || '：' || unstated.label as subject,
    '没有写明年份，' || {{ to_text('unstated.record_count') }} || ' 条 / no year stated' as missing,
    '不归入任何年份，不参加统计；请在文件名或标题中写明年度 / of no year, not counted; name the year in the file name or title' as effect,
    {{ to_text('unstated.file_no') }} as subject_key,
    'source:' || files.source as about
from unstated
inner join {{ ref('stg_intake__files') }} as files on files.file_no = unstated.file_no
