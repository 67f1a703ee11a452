-- Readings of seals with the constants of their kind and service (SOCMI), one row a reading and substance of its composition (per
-- cent by mass). Where a kind has no constants for a service, those for all services stand, and for pumps, compressors, relief valves
-- and agitators those of pumps in light liquid (EPA-453/R-95-017, 2.3.3).
with

substance as (
    {{ substances_by_plain_name() }}
),

part as (
    select
        reading.*,
        {{ unnest_list(text_to_list("replace(reading.composition_text, '；', ';')")) }} as part
    from {{ ref('stg_monitoring__leak_readings') }} as reading
    where reading.tested_on is not null
),

named as (
    select
        part.*,
        {{ plain_name(composition_name('part.part')) }} as plain_name,
        {{ composition_percent('part.part') }} / 100.0 as mass_share,
        kind.code as seal_kind,
        service.code as seal_service
    from part
    left join
        {{ ref('int_inventory__code_words_normalised') }} as kind
        on kind.code_set = 'seal_kind' and kind.word = lower(trim(part.seal_point_kind))
    left join
        {{ ref('int_inventory__code_words_normalised') }} as service
        on service.code_set = 'seal_service' and service.word = lower(trim(part.phase))
),

fitting as (
    select
        named._record_id,
        named.part,
        rate.default_zero,
        rate.a,
        rate.b,
        rate.pegged_10000,
        rate.pegged_50000,
        rate.pegged_100000,
        rate.average_factor,
        row_number() over (
            partition by named._record_id, named.part
            order by
                case
                    when rate.component = named.seal_kind and rate.service = named.seal_service then 0
                    when rate.component = named.seal_kind then 1
                    else 2
                end asc nulls last
        ) as place
    from named
    inner join {{ ref('leak_correlation') }} as rate
        on
            rate.set_id = 'SOCMI'
            and rate.verified <> 'doubtful'
            and (
                (rate.component = named.seal_kind and rate.service in (named.seal_service, 'all'))
                or (
                    named.seal_kind in ('pump_seal', 'compressor_seal', 'pressure_relief_valve', 'agitator_seal')
                    and rate.component = 'pump_seal'
                    and rate.service = 'light_liquid'
                )
            )
)

select
    named._record_id as record_id,
    matched.enterprise_id,
    coalesce(named.plant, 'all') as object_no,
    substance.pollutant_id,
    matched.enterprise_id || '|' || coalesce(named.plant, '') || '|' || named.seal_point_no as seal,
    cast(extract(year from named.tested_on) as double) as year,
    cast({{ days_between("date '1970-01-01'", 'named.tested_on') }} as double) as day,
    cast({{ days_between("date '1970-01-01'", 'named.repaired_on') }} as double) as repaired_day,
    named.run_hours_h,
    coalesce(named.net_reading, case when named.net_reading_qualifier in ('<', 'ND') then 0 end) as net_reading,
    rate.default_zero,
    rate.a as correlation_a,
    rate.b as correlation_b,
    rate.pegged_10000,
    rate.pegged_50000,
    rate.pegged_100000,
    rate.average_factor,
    named.mass_share,
    named._file_no as file_no,
    named._sheet as sheet,
    named._row as row_no
from named
inner join
    {{ ref('int_inventory__enterprise_matched') }} as matched
    on
        matched.source = 'monitoring'
        and matched.source_key = {{ enterprise_source_key('named.permit_no', 'named.credit_code', 'named.enterprise_name') }}
inner join substance on substance.plain_name = named.plain_name
left join fitting as rate on rate._record_id = named._record_id and rate.part = named.part and rate.place = 1
