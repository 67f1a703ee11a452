-- Closed mass balances as claims of the whole site to air, in the shape of the other claims: they stand against the outlets of the site
-- as a stated whole-site figure does. One whose rest lies within the error of the meters is marked: it counts only where nothing
-- else is known of the substance. Where a balance is not closed there is no claim: the next tier of methods rules.
select
    'permit' as source,
    balance.enterprise_id as source_key,
    balance.enterprise_id,
    balance.enterprise_id || ':site' as outlet_id,
    cast(null as {{ type_string() }}) as stage,
    'air' as medium,
    balance.pollutant_id,
    'mass_balance' as method,
    balance.year,
    case when balance.reason_code is null then 'year' else 'metering' end as part,
    'site' as outlet_class,
    'unknown' as outlet_kind,
    {{ id16(["'balance'", 'balance.enterprise_id', 'balance.pollutant_id', 'balance.year']) }} as claim_id,
    balance.emission_t,
    false as is_unit_unknown,
    cast(1 as integer) as record_count,
    0 as month_count,
    balance.file_no,
    {{ origin_of_column('balance.origin', 'emission_t') }} as origin,
    true as is_complete,
    false as has_year_claim,
    'year' as period_part
from {{ ref('int_inventory__balances_judged') }} as balance
where balance.reason_code is null or balance.reason_code = 'BALANCE-METERING'
