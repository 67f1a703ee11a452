-- The chosen long-term toxicity values of each pollutant side by side, in the units that weights are made of. Doubtful rows
-- never reach core.toxicity_value. A value in another unit is not used rather than guessed. The class of evidence is that of the
-- substance whose cancer value counts; E (not likely) weighs no more than C and D.
select
    toxicity.pollutant_id,
    max(case when toxicity.value_type = 'IUR' and toxicity.unit = '(ug/m3)-1' then toxicity.value * 1000 end)
        as unit_risk_per_mg_m3,
    max(case when toxicity.value_type = 'SF' and toxicity.unit = '(mg/(kg.d))-1' then toxicity.value end)
        as slope_factor_per_mg_kg_d,
    min(case
        when toxicity.use_class = 'chronic' and toxicity.route = 'inhalation' and toxicity.unit = 'mg/m3' then toxicity.value
    end) as reference_concentration_mg_m3,
    min(case
        when toxicity.use_class = 'chronic' and toxicity.route = 'oral' and toxicity.unit = 'mg/(kg.d)' then toxicity.value
    end) as reference_dose_mg_kg_d,
    coalesce(max(case when evidence.class in ('C', 'D', 'E') then 1 else 0 end), 0) = 1 as evidence_is_weak,
    max(case when toxicity.verified = 'memory' then 1 else 0 end) = 1 as has_value_from_memory,
    max(case when toxicity.transferred_from is not null then 1 else 0 end) = 1 as has_transferred_value
from {{ ref('toxicity_value') }} as toxicity
left join {{ ref('evidence_class') }} as evidence
    on
        evidence.cas_no = coalesce(toxicity.transferred_from, toxicity.pollutant_id)
        and toxicity.use_class = 'cancer'
        and evidence.verified <> 'doubtful'
where toxicity.is_chosen and toxicity.use_class in ('cancer', 'chronic')
group by toxicity.pollutant_id
