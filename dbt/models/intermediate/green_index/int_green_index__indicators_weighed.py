"""Weight of each indicator by the accepted matrices, by the default one where a layer has none."""

from ehpilot import frames
from ehpilot.kernels import expert_matrices


def model(dbt, session):
    judgements = frames.read(dbt.ref("int_green_index__judgements_read"))
    defaults = frames.read(dbt.ref("ahp_matrix"))
    indicators = frames.read(dbt.ref("green_indicator"))
    random_index = frames.read(dbt.ref("ahp_random_index"))
    limit = frames.read(dbt.ref("int_green_index__consistency_limit_taken"))
    return frames.give(expert_matrices.weigh(judgements, defaults, indicators, random_index, limit), session)
