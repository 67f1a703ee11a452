-- Toxicity values that are not doubtful, by their use and with what they are chosen for. Cancer values of the residents' set
-- hold the early-life adjustment or are to be given it; the workers' set holds none, and so does the screening, which takes it.
select
    toxicity.*,
    case
        when toxicity.value_type_code in ('IUR', 'SF') then 'cancer'
        when toxicity.value_type_code in ('RfC', 'RfD', 'REL_chronic', 'MRL_chronic') then 'chronic'
        when toxicity.value_type_code in ('PC_TWA', 'PC_STEL', 'MAC') then 'occupational'
        else 'acute'
    end as use_class,
    coalesce(toxicity.preferred_resident = 'yes', false) as is_for_residents,
    coalesce(toxicity.preferred_worker = 'yes', false) as is_for_workers
from {{ seed_rows('toxicity') }} as toxicity
where toxicity.verified <> 'doubtful'
