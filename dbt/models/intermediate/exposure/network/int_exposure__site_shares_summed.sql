-- What share of a substance at a monitoring site each enterprise brings in the assessment year, over its outlets. Sources that are too
-- small to be named are one row without an enterprise.
select
    contribution.place_id as site_id,
    contribution.pollutant_id,
    nullif(contribution.enterprise_id, 'pooled') as enterprise_id,
    {{ exact_sum('contribution.share') }} as share
from {{ ref('source_contribution') }} as contribution
inner join {{ ref('dim_monitoring_site') }} as site
    on site.site_id = contribution.place_id and site.medium = contribution.medium
inner join {{ ref('int_inventory__assessment_year_chosen') }} as chosen on chosen.assessment_year = contribution.year
group by contribution.place_id, contribution.pollutant_id, nullif(contribution.enterprise_id, 'pooled')
