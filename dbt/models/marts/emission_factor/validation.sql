-- How far factors can be trusted, by process and pollutant: each plant foretold by the others, the balance of the unit against the
-- factor of its stacks, the factor against what is published.
with

-- of the cells that most plants stand behind, so that the share is not that of one of them
checked as (
    select
        stack.process_id,
        stack.pollutant_id,
        stack.factor / whole.factor as balance_share,
        cast(whole.n_enterprises as integer) as n_balances
    from {{ ref('factor') }} as whole
    inner join {{ ref('factor') }} as stack
        on
            stack.process_id = whole.process_id
            and stack.pollutant_id = whole.pollutant_id
            and stack.control_state = whole.control_state
            and stack.medium = whole.medium
            and stack.stage = 'production'
    where whole.stage is null and whole.control_state = 'controlled' and whole.factor > 0 and stack.factor is not null
    qualify
        row_number() over (
            partition by stack.process_id, stack.pollutant_id
            order by whole.n_enterprises desc nulls last, stack.n_enterprises desc nulls last, whole.factor_id asc nulls last,
                stack.factor_id asc nulls last
        ) = 1
),

compared as (
    select
        process_id,
        pollutant_id,
        {{ quantile('reference_ratio', 0.5) }} as reference_ratio
    from {{ ref('factor') }}
    -- a ratio tells the factor: only of those that may be published
    where reference_ratio is not null and is_published
    group by process_id, pollutant_id
)

select
    left_out.process_id,
    left_out.pollutant_id,
    left_out.n,
    left_out.median_ratio,
    left_out.share_within_factor_2,
    left_out.share_within_factor_3,
    left_out.rmse_log10,
    left_out.coverage_95,
    left_out.coverage_chance,
    checked.balance_share,
    checked.n_balances,
    compared.reference_ratio
from {{ ref('int_emission_factor__plants_left_out') }} as left_out
left join
    checked
    on checked.process_id = left_out.process_id and checked.pollutant_id = left_out.pollutant_id
left join
    compared
    on compared.process_id = left_out.process_id and compared.pollutant_id = left_out.pollutant_id
