select
    -- text
    venue_record.venue,
    venue_record.venue_kind as venue_kind_word,
    venue_record.remark,
    -- numbers
    venue_record.year,
    venue_record.products,
    venue_record.events,
    venue_record.participants,
    -- record
    {{ provenance('venue_record') }}
from {{ source('pilot', 'venue') }} as venue_record
where not {{ list_has('venue_record._flags', "'DATE-AFTER-AS-OF'") }}
