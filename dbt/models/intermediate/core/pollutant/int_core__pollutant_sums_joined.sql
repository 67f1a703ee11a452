-- Which sum's quantity holds which pollutant (seed column part_of), through up to three steps: m-xylene, m,p-xylene, xylenes;
-- PM2.5, PM10, TSP, particulate matter. `factor`: mass of the member times it is its part of the sum: 1, for a dioxin its WHO
-- 2005 factor, since the sum is in toxic equivalents.
with

direct as (
    select
        chemical.pollutant_id,
        chemical.part_of as sum_id,
        coalesce(max(transfer.factor), 1) as factor
    from {{ ref('chemical') }} as chemical
    left join {{ ref('toxicity_transfer') }} as transfer
        on
            transfer.member_id = chemical.pollutant_id
            and transfer.rule = 'tef_who_2005'
            and chemical.part_of = 'DIOXIN-TEQ'
    where chemical.part_of is not null
    group by chemical.pollutant_id, chemical.part_of
),

second as (
    select
        direct.pollutant_id,
        above.sum_id,
        direct.factor * above.factor as factor
    from direct
    inner join direct as above on above.pollutant_id = direct.sum_id
),

third as (
    select
        second.pollutant_id,
        above.sum_id,
        second.factor * above.factor as factor
    from second
    inner join direct as above on above.pollutant_id = second.sum_id
)

select pollutant_id, sum_id, factor, 1 as steps from direct
union all
select pollutant_id, sum_id, factor, 2 as steps from second
union all
select pollutant_id, sum_id, factor, 3 as steps from third
