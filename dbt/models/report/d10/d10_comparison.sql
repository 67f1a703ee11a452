-- Derived factors against what was published of the same process, stage and pollutant, in grams per tonne of product.
select
    cast(row_number() over (order by printed.row_no asc nulls last) as integer) as row_no,
    factor.factor_id,
    factor.version,
    printed.process,
    printed.stage,
    printed.pollutant,
    printed.kind,
    printed.factor,
    factor.reference_factor * 1000 as reference_factor,
    factor.reference_ratio,
    case
        when factor.reference_ratio between 0.5 and 2 then '两倍以内'
        when factor.reference_ratio between 0.1 and 10 then '一个数量级以内'
        else '相差一个数量级以上'
    end as judgement,
    {{ manual_phrase('factor.reference_source') }} as reference_source,
    {{ code_word('factor.reference_verified', 'verified') }} as verified
from {{ ref('factor') }} as factor
inner join {{ ref('d10_factor') }} as printed on printed.factor_id = factor.factor_id and printed.version = factor.version
where factor.reference_ratio is not null and printed.other_unit is null
