{%- set flows = balance_flows() -%}
-- Mass balances of a site, substance and year, and why one is no figure of what the site gives off to air. A year's balance stands for
-- its quarters and months; without it four quarters or twelve months make the year. Closed is a balance of which every flow is stated,
-- whose rest is not below nothing and not above the closure limit, and whose input is what the same report says was used: less means a
-- unit without a balance, a power of ten more another unit of mass. A rest that meters of the best class cannot tell from nothing
-- (sum of squares of their errors, methods.md c4) says how little it is and not how much; of one that is little more, so that of many
-- balances some have it by chance, the same holds where all that registers state is less than that error.
with

closed as (
    select
        balance.*,
        {{ period_year('balance.period') }} as year,
        {{ period_share('balance.period') }} as part
    from {{ ref('int_emission_factor__balances_closed') }} as balance
    where {{ period_year('balance.period') }} is not null
),

yearly as (
    select
        enterprise_id,
        pollutant_id,
        year,
        part,
        count(distinct period) * part > 0.999 and count(emission_kg) = count(*) as is_whole,
        {% for flow in flows -%}
        {{ exact_sum(flow) }} as {{ flow }},
        {% endfor -%}
        {{ exact_sum('emission_kg') }} / 1000 as emission_t,
        max(file_no) as file_no,
        {{ origin_collect('origin') }} as origin
    from closed
    group by enterprise_id, pollutant_id, year, part
),

chosen as (
    select *
    from yearly
    qualify
        row_number() over (
            partition by enterprise_id, pollutant_id, year
            order by case when is_whole then 0 else 1 end asc nulls last, part desc nulls last
        ) = 1
),

substance as (
    {{ substances_by_plain_name() }}
),

used_part as (
    select
        quantity.enterprise_id,
        substance.pollutant_id,
        {{ period_year('quantity.period') }} as year,
        {{ period_share('quantity.period') }} as part,
        count(distinct quantity.period) * {{ period_share('min(quantity.period)') }} > 0.999
        and count(quantity.quantity_t) = count(*) as is_whole,
        {{ exact_sum('quantity.quantity_t') }} as used_t
    from {{ ref('int_inventory__quantities_unioned') }} as quantity
    inner join substance on substance.plain_name = {{ plain_name('quantity.item') }}
    where quantity.source = 'permit' and quantity.item_kind = 'material' and {{ period_year('quantity.period') }} is not null
    group by
        quantity.enterprise_id,
        substance.pollutant_id,
        {{ period_year('quantity.period') }},
        {{ period_share('quantity.period') }}
),

used as (
    select *
    from used_part
    where is_whole and used_t > 0
    qualify row_number() over (partition by enterprise_id, pollutant_id, year order by part desc nulls last) = 1
),

limits as (
    select
        max(case when parameter_id = 'factor_balance_loose' then value end) as loose,
        max(case when parameter_id = 'balance_meter_error' then value end) as meter_error,
        max(case when parameter_id = 'balance_certain_fold' then value end) as certain_fold,
        max(case when parameter_id = 'conflict_agree_ln_ratio' then value end) as agree_ln,
        max(case when parameter_id = 'conflict_review_ln_ratio' then value end) as review_ln
    from {{ ref('int_core__parameter_values_chosen') }}
),

measured as (
    select
        chosen.*,
        used.used_t,
        ln(nullif(chosen.input_t, 0) / used.used_t) as used_ln,
        {{ metering_error_t('chosen', 'limits.meter_error') }} as metering_error_t,
        stated.high_t as stated_high_t,
        limits.loose,
        limits.certain_fold,
        limits.agree_ln,
        limits.review_ln
    from chosen
    cross join limits
    left join
        {{ ref('int_inventory__stated_ends_summed') }} as stated
        on
            stated.enterprise_id = chosen.enterprise_id and stated.pollutant_id = chosen.pollutant_id
            and stated.year = chosen.year
    left join used
        on used.enterprise_id = chosen.enterprise_id and used.pollutant_id = chosen.pollutant_id and used.year = chosen.year
)

select
    enterprise_id,
    pollutant_id,
    year,
    case when is_whole then input_t end as input_t,
    case when is_whole then emission_t end as emission_t,
    case when is_whole then metering_error_t end as metering_error_t,
    used_t,
    case
        when not is_whole or input_t <= 0 then 'INPUTS-MISSING'
        when emission_t < 0 then 'BALANCE-NEGATIVE'
        when emission_t > loose * input_t then 'BALANCE-OPEN'
        when used_ln < -agree_ln or used_ln > review_ln then 'BALANCE-INPUT'
        when emission_t < metering_error_t then 'BALANCE-METERING'
        when emission_t < certain_fold * metering_error_t and stated_high_t < metering_error_t then 'BALANCE-METERING'
    end as reason_code,
    file_no,
    origin
from measured
