-- Which substance may arise where in a process: of process knowledge, and (verified own) a check list by volatility, no finding.
select
    arising.process_id,
    arising.stage,
    arising.medium,
    arising.cas_no as pollutant_id,
    arising.substance_cn as name_cn,
    arising.role,
    arising.why,
    arising.is_new_pollutant,
    arising.relevance,
    arising.verified = 'own' as is_check_list,
    arising.limit_ref,
    arising.source,
    arising.verified,
    {{ origin_seed('process_pollutant', 'arising', {
        'process_id': 'process_id', 'pollutant_id': 'cas_no', 'stage': 'stage', 'medium': 'medium', 'why': 'why'}) }} as _origin
from {{ seed_rows('process_pollutant') }} as arising
where arising.verified <> 'doubtful'
