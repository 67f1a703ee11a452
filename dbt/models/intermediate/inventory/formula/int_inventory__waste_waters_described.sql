-- What each unit sends into its waste water of a substance in a year, as its mass balances state it (carried out in waste water), with
-- the shares of it that a typical open collection and treatment system gives off. A year's balance stands for its quarters and months;
-- without it four quarters or twelve months make the year; of fewer the load is not known.
with

substance as (
    {{ substances_by_plain_name() }}
),

fraction as (
    select
        cas_no,
        max(case when quantity = 'fraction_measured_fm' then value end) as fraction_measured,
        max(case when quantity = 'fraction_emitted_fe' then value end) as fraction_emitted
    from {{ ref('wastewater_volatilisation') }}
    where step = 'typical open collection and treatment system' and verified <> 'doubtful'
    group by cas_no
),

stated as (
    select
        matched.enterprise_id,
        balance.plant,
        substance.pollutant_id,
        {{ period_year('balance.period') }} as year,
        balance.period,
        {{ period_share('balance.period') }} as part,
        balance.water_t,
        balance._file_no as file_no,
        {{ origin_cells('permit_balance', 'balance', {'emission_t': 'water_t'}) }} as origin
    from {{ ref('stg_permit__balances') }} as balance
    inner join
        {{ ref('int_inventory__enterprise_matched') }} as matched
        on matched.source = 'permit' and matched.source_key = {{ enterprise_source_key(
            'balance.permit_no', 'cast(null as ' ~ type_string() ~ ')', 'balance.unit_name') }}
    inner join substance on substance.plain_name = {{ plain_name('balance.material') }}
    where {{ period_year('balance.period') }} is not null
),

yearly as (
    select
        enterprise_id,
        plant,
        pollutant_id,
        year,
        part,
        -- parts of the year count only where all of them are there
        count(distinct period) * part > 0.999 and count(water_t) = count(*) as is_whole,
        {{ exact_sum('water_t') }} * 1000 as load_kg,
        max(file_no) as file_no,
        {{ origin_collect('origin') }} as origin
    from stated
    group by enterprise_id, plant, pollutant_id, year, part
),

chosen as (
    select *
    from yearly
    qualify
        row_number() over (
            partition by enterprise_id, plant, pollutant_id, year
            order by case when is_whole then 0 else 1 end asc nulls last, part desc nulls last
        ) = 1
)

select
    {{ id16(["'waste_water'", 'chosen.enterprise_id', 'chosen.plant', 'chosen.pollutant_id', 'chosen.year']) }} as record_id,
    chosen.enterprise_id,
    chosen.plant as object_no,
    chosen.year,
    chosen.pollutant_id,
    case when chosen.is_whole then chosen.load_kg end as load_kg,
    fraction.fraction_measured,
    fraction.fraction_emitted,
    chosen.file_no,
    chosen.origin
from chosen
left join fraction on fraction.cas_no = chosen.pollutant_id
