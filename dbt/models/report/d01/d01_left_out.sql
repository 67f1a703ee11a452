{# What is present and not on the list, and what is listed and not present, each with the reason. `lane` splits the data-poor
   ones off: unknown is not low. #}
select
    cast(
        row_number() over (
            partition by risk.is_present, risk.lane
            order by risk.score desc nulls last, risk.enterprise_count desc nulls last, risk.pollutant_id asc nulls last
        ) as integer
    ) as row_no,
    risk.pollutant_id,
    coalesce(risk.name_cn, pollutant.name_en, risk.pollutant_id) as name_cn,
    pollutant.cas_no,
    nullif({{ list_text('risk.list_codes', '、') }}, '') as list_codes,
    risk.enterprise_count,
    risk.use_t,
    risk.emission_air_kg,
    risk.emission_water_kg,
    risk.score,
    coalesce({{ code_words_only('risk.reason_codes', 'screening_reason') }}, '得分低于入选下限') as reasons,
    case
        when not risk.is_present then 'not_present'
        when risk.lane = 'data_poor' then 'data_poor'
        else 'below_cut'
    end as kind,
    case
        when not risk.is_present then '列入名录，区内未见生产、使用、许可、排放或检出'
        when risk.lane = 'data_poor' then '资料不足，未评分；未知不等于低，列入补充调查'
        else '已评分，低于入选下限，下一版次复核'
    end as note
from {{ ref('risk_pollutant') }} as risk
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = risk.pollutant_id
where not risk.is_risk_pollutant
