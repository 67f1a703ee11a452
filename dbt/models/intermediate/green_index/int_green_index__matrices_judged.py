"""Which matrix of which expert is accepted, and the pair that fits worst where it is not."""

from ehpilot import frames
from ehpilot.kernels import expert_matrices


def model(dbt, session):
    judgements = frames.read(dbt.ref("int_green_index__judgements_read"))
    indicators = frames.read(dbt.ref("green_indicator"))
    random_index = frames.read(dbt.ref("ahp_random_index"))
    limit = frames.read(dbt.ref("int_green_index__consistency_limit_taken"))
    return frames.give(expert_matrices.judge(judgements, indicators, random_index, limit), session)
