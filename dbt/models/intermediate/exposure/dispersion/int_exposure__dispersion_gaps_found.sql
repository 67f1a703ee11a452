-- The gaps of the dispersion in words, with their number or share.
with

counted as (
    select * from {{ ref('int_exposure__dispersion_gaps_counted') }}
    union all
    select * from {{ ref('int_exposure__water_gaps_counted') }}
)

select
    'DISPERSION:' || counted.code as gap_id,
    words.subject,
    words.missing || case
        when counted.about = 'share' then '（' || {{ to_text('round(counted.share * 100, 2)') }} || ' %）'
        when counted.n > 0 then '（' || {{ to_text('cast(counted.n as bigint)') }} || '）'
        else ''
    end as missing,
    words.effect,
    counted.code as subject_key
from counted
inner join {{ ref('dispersion_gap_text') }} as words on words.gap_id = counted.code
where counted.n > 0 or counted.code = 'NO-METEOROLOGY'
