-- Places whose people need protection, where they lie: homes, schools, kindergartens, hospitals, homes for the elderly.
select
    receptor_id,
    receptor_kind,
    longitude,
    latitude
from {{ ref('int_core__receptors_coded') }}
where
    receptor_kind in ('residential', 'school', 'kindergarten', 'hospital', 'elder_care')
    and longitude is not null
    and latitude is not null
