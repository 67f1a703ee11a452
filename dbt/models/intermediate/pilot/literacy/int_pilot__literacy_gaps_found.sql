{# What a literacy survey lacks, a line a survey and reason: cells of the margins without a respondent, raking that does not
   converge, no margins, a stratum with one PSU, weights that are not those of the draw. #}
with

surveys as (
    select
        year,
        max(weighting) as weighting,
        max(empty_cells) as empty_cells,
        max(lonely_strata) as lonely_strata,
        max(weight_basis) as weight_basis,
        cast(count(case when is_suppressed then 1 end) as integer) as suppressed_count
    from {{ ref('int_pilot__literacy_estimated') }}
    group by year
),

reasons as (
    select year, 'SURVEY-NOT-CONVERGED' as reason, '' as detail from surveys where weighting = 'not_converged'
    union all
    select
        year,
        'SURVEY-EMPTY-CELL' as reason,
        {% set text = namespace(of='empty_cells') -%}
        {%- for code, word in [
            ('age_band', '年龄'), ('education', '文化程度'), ('street', '街道'), ('sex', '性别'), ('urban_rural', '城乡'),
            ('=', ''), (';', '、')
        ] -%}
            {%- set text.of = "replace(" ~ text.of ~ ", '" ~ code ~ "', '" ~ word ~ "')" -%}
        {%- endfor -%}
        {{ text.of }} as detail
    from surveys
    where empty_cells is not null
    union all
    select year, 'SURVEY-NO-MARGINS' as reason, '' as detail from surveys where weighting = 'base'
    union all
    select year, 'SURVEY-LONELY-PSU' as reason, {{ to_text('lonely_strata') }} || '层' as detail from surveys where lonely_strata > 0
    union all
    select year, 'SURVEY-NOT-DRAWN' as reason, '' as detail from surveys where weight_basis = 'file'
    union all
    select year, 'SURVEY-SUPPRESSED' as reason, {{ to_text('suppressed_count') }} || '组' as detail from surveys where suppressed_count > 0
)

select
    'LITERACY:' || {{ to_text('year') }} || ':' || reason as gap_id,
    '素养调查 / literacy survey ' || {{ to_text('year') }} as subject,
    {{ code_word('reason', 'survey_reason') }} || case when detail <> '' then '：' || detail else '' end as missing,
    case reason
        when 'SURVEY-NOT-CONVERGED' then '校准未用，按校准前权数估计 / the weights before raking stand'
        when 'SURVEY-EMPTY-CELL' then '该类人群不参与校准，估计不代表他们 / raking leaves them out'
        when 'SURVEY-NO-MARGINS' then '未按人口结构校准 / the weights are not raked'
        when 'SURVEY-LONELY-PSU' then '该层以总均值为中心，误差偏大 / centred at the mean of all, errs to the safe side'
        when 'SURVEY-NOT-DRAWN' then '权数按填报，未能由抽样重算 / weights are those stated, not recomputed'
        else '只列人数 / only their number is shown'
    end as effect,
    {{ to_text('year') }} || '.' || reason as subject_key
from reasons
