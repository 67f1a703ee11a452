{# Measurements of beaches with the fact or microbe that their words stand for. A count below its limit has a limit and no value. #}
select
    {{ id16(["'beach'", 'trim(measurement.beach)']) }} as beach_id,
    trim(measurement.beach) as beach,
    measurement.measured_on,
    cast(extract(year from measurement.measured_on) as integer) as year,
    cast(extract(month from measurement.measured_on) as integer) as month,
    word.fact,
    word.microbe,
    case
        when word.conversion = 'slope_of_degrees' then 1.0 / nullif(tan(radians(measurement.value * word.factor)), 0)
        else measurement.value * word.factor
    end as value,
    measurement.value_limit * word.factor as value_limit,
    {{ origin_cells('beach_measurement', 'measurement', {'score': 'value'}) }} as cells,
    {{ origin_cells('beach_measurement', 'measurement', {'water_class': 'value', 'suitability': 'value'}) }} as week_cells
from {{ ref('stg_beach__measurements') }} as measurement
left join {{ ref('beach_indicator') }} as word
    on word.indicator_word = trim(measurement.indicator)
    and coalesce(word.unit_word, '') = coalesce(trim(measurement.unit), '')
where measurement.beach is not null and measurement.measured_on is not null
