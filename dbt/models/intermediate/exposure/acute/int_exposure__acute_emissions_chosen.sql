-- Releases to the air of pollutants that have an acute benchmark.
select emission.outlet_id, emission.enterprise_id, emission.pollutant_id, emission.emission_g_s
from {{ ref('int_exposure__air_emissions_rated') }} as emission
inner join {{ ref('int_exposure__acute_benchmarks_chosen') }} as benchmark on benchmark.pollutant_id = emission.pollutant_id
where emission.emission_g_s > 0
