{# Literacy by group; a suppressed cell has its number of persons and nothing else. Residents of towns and of villages stand against
   those of the newest national survey that tells the two apart, by the one-sided lower bound as in d19_trend. #}
with

national as (
    select name_cn, share_urban, share_rural
    from {{ ref('literacy_benchmark') }}
    where share_urban is not null and share_rural is not null
    qualify row_number() over (order by year desc nulls last, benchmark_id asc nulls last) = 1
),

worded as (
    select
        *,
        {{ code_word('group_kind', 'literacy_variable') }} as kind_word
    from {{ ref('literacy') }}
    where dimension = 'total' and group_kind not in ('all', 'all_strict')
),

compared as (
    select
        worded.*,
        national.name_cn as national_name,
        case worded.group_word
            when {{ code_word("'urban'", 'urban_rural') }} then national.share_urban
            when {{ code_word("'rural'", 'urban_rural') }} then national.share_rural
        end as national_share
    from worded
    left join national on worded.group_kind = 'urban_rural'
)

select
    cast(
        row_number() over (
            order by
                year asc nulls last, group_kind asc nulls last,
                case when group_kind = 'education' then {{ schooling_place('group_value') }} end asc nulls last,
                group_value asc nulls last
        ) as integer
    ) as row_no,
    year,
    group_kind as group_kind_code,
    group_value,
    group_word,
    case group_kind
        when 'urban_rural' then group_word || '居民'
        when 'sex' then substr(group_word, 1, 1) || '性'
        when 'education' then '文化程度为' || group_word || '的居民'
        else group_word
    end as group_cn,
    kind_word as group_kind,
    n,
    100 * estimate as estimate_pct,
    100 * ci_low as ci_low_pct,
    100 * ci_high as ci_high_pct,
    design_effect,
    {{ change_pct('change') }} as change_pct,
    case
        when is_suppressed then '样本不足或误差过大，不列'
        when national_share is not null
            then national_name || group_word || {{ to_text('round(100 * national_share, 1)') }} || '%，'
                || case
                    when lower_bound > national_share then '本区高于'
                    when estimate > national_share then '本区点估计高于，未证明'
                    else '本区不高于'
                end
    end as note
from compared
