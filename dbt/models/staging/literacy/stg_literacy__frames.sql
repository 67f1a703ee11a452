select
    -- text
    frame_row.village,
    frame_row.street,
    frame_row.village_kind,
    -- numbers
    frame_row.households,
    frame_row.people_15_69,
    -- record
    {{ provenance('frame_row') }}
from {{ source('literacy', 'frame') }} as frame_row
where not {{ list_has('frame_row._flags', "'DATE-AFTER-AS-OF'") }}
