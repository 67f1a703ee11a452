select
    -- text
    campaign.campaign_kind,
    campaign.topic,
    -- numbers
    campaign.class_hours,
    campaign.participants,
    campaign.score_before,
    campaign.score_after,
    -- times
    campaign.held_on,
    -- record
    {{ provenance('campaign') }}
from {{ source('pilot', 'campaign') }} as campaign
where not {{ list_has('campaign._flags', "'DATE-AFTER-AS-OF'") }}
