{# What the spread of the totals of the sensitive places comes from, for lifelong residents: the mean share of the variance; an input
   that a place does not list counts as none of it. #}
with

place as (
    select outcome, cast(count(distinct place_id) as double) as n
    from {{ ref('sensitivity') }}
    where population_group = 'resident_life' and place_id like 'R:%'
    group by outcome
),

pooled as (
    select
        spread.outcome,
        spread.input,
        {{ exact_sum('spread.variance_share') }} / max(place.n) * 100 as variance_pct,
        {{ exact_mean('spread.rank_correlation') }} as rank_correlation,
        cast(count(*) as integer) as place_count
    from {{ ref('sensitivity') }} as spread
    inner join place on place.outcome = spread.outcome
    where spread.population_group = 'resident_life' and spread.place_id like 'R:%'
    group by spread.outcome, spread.input
),

kind as (
    select
        *,
        substr(input, 1, case when input like '%:%' then position(':' in input) - 1 else length(input) end) as input_kind,
        case
            when input like 'toxicity:%' then replace(input, 'toxicity:', '')
            when input like '%:%|%' then substr(input, position('|' in input) + 1)
        end as pollutant_id,
        case
            when input like '%:%|%'
                then substr(input, position(':' in input) + 1, position('|' in input) - position(':' in input) - 1)
        end as medium
    from pooled
),

industry as (
    select industry_code, min(industry_name) as industry_name
    from {{ ref('dim_enterprise') }}
    group by industry_code
)

select
    cast(row_number() over (
        order by kind.outcome asc nulls last, kind.variance_pct desc nulls last, kind.input asc nulls last
    ) as integer) as row_no,
    kind.outcome,
    kind.input,
    {{ code_word('kind.outcome', 'risk_outcome') }} as outcome_cn,
    {{ code_word('kind.input_kind', 'risk_input') }} as kind_cn,
    case
        -- emission:method|whose errors are one (a site, an industry, all), emission:pooled|medium|pollutant for the rest of a pollutant
        when kind.medium = 'pooled'
            then '其余排放：' || coalesce(rest.name_cn, substr(kind.pollutant_id, position('|' in kind.pollutant_id) + 1))
        when kind.input_kind = 'emission'
            then replace({{ code_word('kind.medium', 'method_of_emission') }}, 'unknown', '方法不明') || '：' || coalesce(
                enterprise.name, industry.industry_name, case when kind.pollutant_id = 'all' then '全部企业' else '未指明' end
            )
        when kind.medium is not null
            then coalesce(pollutant.name_cn, kind.pollutant_id) || '（' || {{ code_word('kind.medium', 'medium_of_environment') }} || '）'
        when pollutant.name_cn is not null then pollutant.name_cn
        when kind.input_kind = 'exposure' then {{ code_word("replace(kind.input, 'exposure:', '')", 'risk_exposure_input') }}
        when kind.input_kind <> kind.input then replace(kind.input, kind.input_kind || ':', '')
    end as input_name,
    kind.rank_correlation,
    kind.variance_pct,
    kind.place_count
from kind
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = kind.pollutant_id
left join {{ ref('dim_pollutant') }} as rest
    on kind.medium = 'pooled' and rest.pollutant_id = substr(kind.pollutant_id, position('|' in kind.pollutant_id) + 1)
left join {{ ref('dim_enterprise') }} as enterprise
    on kind.input_kind = 'emission' and enterprise.enterprise_id = kind.pollutant_id
left join industry on kind.input_kind = 'emission' and industry.industry_code = kind.pollutant_id
