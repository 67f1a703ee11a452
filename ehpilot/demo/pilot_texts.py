"""What offices of the fictional zone wrote on the pilot: opinions on drafts, uses of results, conclusions of meetings.

Belongs here: texts, with the days and the documents that they are about. Does not belong here: the workbooks
(``oversight``, ``pilot_work``).
"""

from __future__ import annotations

from datetime import date

HEALTH, EMERGENCY, INDUSTRY, PLANNING, WATER, FINANCE = (
    f"虚构市{name}局（虚构）" for name in ("卫生健康", "应急管理", "经济和信息化", "自然资源和规划", "水利", "财政")
)
PARKS = ("甲港园区管理办公室（虚构）", "乙湾园区管理办公室（虚构）", "丙屿园区管理办公室（虚构）")
OFFICES = (HEALTH, EMERGENCY, INDUSTRY, PLANNING, WATER)

# Document, unit, opinion, outcome, reason, where it was changed.
OPINIONS = (
    ("D02", HEALTH, "风险源清单增列企业周边1 km内学校和医院的人数", "采纳", None, "清单总表“1 km内人口”栏"),
    ("D02", EMERGENCY, "与重大危险源名录统一企业名称", "采纳", None, "数据来源与融合一节"),
    ("D03", WATER, "补充枯水期入海断面监测数据", "部分", "枯水期尚有一次未采样，其余已补充", "监测结果一章"),
    ("D03", PARKS[0], "厂界点位编号与园区在用编号不一致", "采纳", None, "附表一点位对照"),
    (
        "D04",
        HEALTH,
        "儿童呼吸速率采用暴露参数手册的分省值",
        "未采纳",
        "手册没有本市所在省份该年龄段的数值，沿用全国值",
        None,
    ),
    (
        "D04",
        PLANNING,
        "规划居住用地应当作为敏感点评估",
        "部分",
        "已批准的详细规划地块列入，未批准的不列",
        "暴露评估一章",
    ),
    ("D05", FINANCE, "常态化监测经费应当分年测算", "采纳", None, "保障措施一节"),
    ("D05", PARKS[1], "加密点位与现有走航路线重复", "未采纳", "走航结果不能代替定点的年均值", None),
    ("D06", PLANNING, "地图公开前送审并标注审图号", "采纳", None, "图例"),
    (
        "D07",
        INDUSTRY,
        "分级指标的权重应当征求企业意见",
        "部分",
        "权重由专家打分确定，企业意见随分级结果征求",
        "分级步骤一节",
    ),
    ("D08", EMERGENCY, "红色等级企业的检查与安全检查合并安排", "采纳", None, "联合检查一节"),
    ("D08", PARKS[2], "整改期限由六个月延长至一年", "未采纳", "期限依据排污许可证和工作方案，不宜延长", None),
)
# Day, kind, what was done, effect, evidence.
USES = (
    (
        date(2025, 6, 18),
        "环评",
        "改扩建项目环评审查时调阅一企一档，要求补充无组织排放核算",
        "审查意见增加两条",
        "审查会纪要（虚构）",
    ),
    (
        date(2025, 9, 4),
        "执法",
        "按风险源清单确定双随机检查名单，发现废气收集不全",
        "责令改正，已复查",
        "现场检查笔录（虚构）",
    ),
    (
        date(2025, 11, 12),
        "许可",
        "许可证延续时核对污染物清单，增加特征污染物许可项目",
        "许可项目增加一项",
        "许可证副本（虚构）",
    ),
    (date(2026, 2, 9), "执法", "依据分级结果对红色等级企业开展泄漏检测抽查", "超标密封点限期修复", "抽测报告（虚构）"),
    (
        date(2026, 5, 21),
        "环评",
        "规划环评引用园区健康风险评估结论，调整居住用地边界",
        "规划方案采纳",
        "规划环评审查意见（虚构）",
    ),
    (date(2026, 8, 27), "许可", "依据系数手册重新核定无组织排放量", "年许可量下调", "核定表（虚构）"),
)
# What a meeting or notice of a kind concluded, one of them in turn.
CONCLUSIONS = {
    "会商": ("统一数据口径，由牵头单位汇总", "明确缺项补报的单位和时间", "同意按现有数据先行编制"),
    "调度": ("进度符合计划，按月报送", "进度滞后，牵头单位报送赶工安排", "增加一名驻点技术人员"),
    "通报": ("通报各单位报送情况", "通报数据质量问题，限期更正", "通报第三方单位履约情况"),
    "督办": ("限期报送核算资料", "限期完成评估报告送审稿", "限期落实经费"),
    "帮扶": ("专家现场指导填报", "协助企业核对排放口编号", "协助开展泄漏检测"),
    "顾问": ("顾问组对方法提出书面意见", "顾问组认可分级结果", "顾问组建议补充不确定性说明"),
    "培训": ("培训填报人员", "培训现场核查人员", "培训系统操作人员"),
}
