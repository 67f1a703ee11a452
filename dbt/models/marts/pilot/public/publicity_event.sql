select
    {{ business_id('pilot_campaign', 'campaign', ['campaign_kind', 'held_on', 'topic'], told=['participants']) }} as event_id,
    word.code as kind,
    campaign.held_on as held_at,
    campaign.topic,
    campaign.class_hours as hours,
    campaign.participants,
    campaign.score_before,
    campaign.score_after,
    {{ origin_cells('pilot_campaign', 'campaign', {
        'kind': 'campaign_kind', 'held_at': 'held_on', 'topic': 'topic', 'hours': 'class_hours',
        'participants': 'participants', 'score_before': 'score_before', 'score_after': 'score_after'
    }) }} as _origin
from {{ ref('stg_pilot__campaigns') }} as campaign
left join {{ ref('crosswalk_code') }} as word
    on word.code_set = 'campaign_kind' and word.word = trim(campaign.campaign_kind)
