-- Which outlet and place an imported factor is of: the place by its code, else the nearest one within the tolerance. Of several factors
-- of one outlet, place and averaging time the newest weather year counts, then a table before a model's output, then the larger.
with

numbered as (
    select
        *,
        row_number() over (
            order by
                outlet_id asc nulls last, receptor_code asc nulls last, east_m asc nulls last, north_m asc nulls last,
                averaging_time asc nulls last, met_year asc nulls last, model_kind asc nulls last, chi_over_q_s_m3 asc nulls last
        ) as row_no
    from {{ ref('int_exposure__imported_factors_located') }}
),

by_code as (
    select numbered.row_no, min(place.place_id) as place_id
    from numbered
    inner join {{ ref('int_exposure__places_united') }} as place
        on place.place_id in (
            numbered.receptor_code, 'R:' || numbered.receptor_code, 'S:' || numbered.receptor_code, 'C:' || numbered.receptor_code
        )
    group by numbered.row_no
),

by_place as (
    select numbered.row_no, place.place_id
    from numbered
    inner join {{ ref('int_core__parameter_values_chosen') }} as tolerance on tolerance.parameter_id = 'dispersion.import_tolerance_m'
    inner join {{ ref('int_exposure__air_places_chosen') }} as place
        on abs(place.x_m - numbered.east_m) <= tolerance.value and abs(place.y_m - numbered.north_m) <= tolerance.value
    where numbered.receptor_code is null
),

matched as (
    select
        numbered.*,
        coalesce(by_code.place_id, by_place.place_id) as place_id
    from numbered
    left join by_code on by_code.row_no = numbered.row_no
    left join by_place on by_place.row_no = numbered.row_no
),

judged as (
    select
        matched.*,
        source.outlet_id is not null
        and place.place_id is not null
        and matched.averaging_time in ('1h', 'year')
        and coalesce(matched.chi_over_q_s_m3 >= 0, false) as is_whole
    from matched
    left join {{ ref('int_exposure__air_sources_described') }} as source on source.outlet_id = matched.outlet_id
    left join {{ ref('int_exposure__air_places_chosen') }} as place on place.place_id = matched.place_id
)

select
    outlet_id,
    place_id,
    averaging_time,
    met_year,
    model_kind,
    chi_over_q_s_m3,
    file_no,
    is_whole and row_number() over (
        partition by outlet_id, place_id, averaging_time, is_whole
        order by met_year desc nulls last, model_kind asc nulls last, chi_over_q_s_m3 desc nulls last, row_no asc nulls last
    ) = 1 as is_chosen,
    is_whole as is_used
from judged
