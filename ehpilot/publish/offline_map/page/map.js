/* The map of one edition: draws what data.js holds. Belongs here: drawing, choosing, finding. Not here: any rule of a
   grade or of what may be shown (they are settled before data.js is written). */
"use strict";

/* Colours that also differ in lightness, and a sign of its own for each grade: readable in grey and by the colour-blind. */
const GRADES = [
  { word: "资料不足", fill: "#9aa3ad", sign: "ring" },
  { word: "一级 红", fill: "#b2182b", sign: "triangle" },
  { word: "二级 橙", fill: "#f08a24", sign: "square" },
  { word: "三级 黄", fill: "#f6dd5a", sign: "diamond" },
  { word: "四级 蓝", fill: "#3d7fc1", sign: "circle" },
];
const CELL_ALPHA = 0.55;
const OUTLINE = {
  area: { color: "#333", weight: 2.2 }, park: { color: "#333", weight: 1.4 }, park_ring_3km: { color: "#777", weight: 1, dashArray: "6 5" },
  street: { color: "#999", weight: 0.8 }, village: { color: "#bbb", weight: 0.6 }, city: { color: "#777", weight: 1 },
  coastline: { color: "#2b6ca3", weight: 1.4 }, functional_zone: { color: "#2a8c82", weight: 1.1, dashArray: "3 3" },
  ecological_red_line: { color: "#1a7f37", weight: 1.8, dashArray: "8 3 2 3" }, base_map: { color: "#c9c9c9", weight: 0.7 }, other: { color: "#888", weight: 0.8 },
};
const SHOWN_FIRST = new Set(["area", "park", "coastline", "ecological_red_line"]);
const FIRST_ROWS = 400; // of the list; the rest follow on demand

const table = (layer) => layer.rows.map((row) => Object.fromEntries(layer.columns.map((name, n) => [name, row[n]])));
const sources = table(EDITION.sources), cells = table(EDITION.cells), receptors = table(EDITION.receptors), sites = table(EDITION.sites);
const moments = EDITION.moments;
let moment = moments.length - 1, view = "risk", chosen = null, order = "grade";

const text = (value) => String(value).replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
const number = (value) => (value === null || value === undefined ? "—" : typeof value === "number" ? value.toLocaleString("zh-CN", { maximumSignificantDigits: 3 }) : text(value));
const risk = (value) => (value ? value.toExponential(1).replace("e", "×10^").replace(/\^(-?)(\d+)/, (_, s, d) => "<sup>" + (s ? "−" : "") + d + "</sup>") : number(value));
const gradeThen = (layer, n) => { const digit = moments[moment][layer][n]; return digit === undefined || digit === "-" ? null : Number(digit); };
const quantity = (source) => (view === "toxic" ? source.toxic_kg : source.air_kg === null && source.water_kg === null ? null : (source.air_kg || 0) + (source.water_kg || 0));

const toxicAll = sources.reduce((sum, source) => sum + (source.toxic_kg || 0), 0);
/* Weighted quantities are no masses: only their shares mean something. */
const share = (value) => (value === null || value === undefined || !toxicAll ? "—" : value && value / toxicAll < 0.001 ? "<0.1%" : (100 * value / toxicAll).toFixed(1) + "%");

/* ---- signs ---- */
function path(ctx, sign, x, y, r) {
  ctx.beginPath();
  if (sign === "triangle") { ctx.moveTo(x, y - r * 1.2); ctx.lineTo(x + r * 1.1, y + r * 0.8); ctx.lineTo(x - r * 1.1, y + r * 0.8); }
  else if (sign === "square") ctx.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
  else if (sign === "diamond") { ctx.moveTo(x, y - r * 1.2); ctx.lineTo(x + r * 1.2, y); ctx.lineTo(x, y + r * 1.2); ctx.lineTo(x - r * 1.2, y); }
  else if (sign === "cross") { ctx.moveTo(x - r, y); ctx.lineTo(x + r, y); ctx.moveTo(x, y - r); ctx.lineTo(x, y + r); }
  else ctx.arc(x, y, r, 0, 2 * Math.PI);
  if (sign !== "cross") ctx.closePath();
}
const Sign = L.CircleMarker.extend({
  _updatePath() {
    const canvas = this._renderer;
    if (!canvas._drawing || this._empty()) return;
    path(canvas._ctx, this.options.sign, this._point.x, this._point.y, this._radius);
    canvas._fillStroke(canvas._ctx, this);
  },
});
const svgSign = (sign, fill) => {
  const shapes = { triangle: "M9 2 L16 15 L2 15Z", square: "M3 3H15V15H3Z", diamond: "M9 1L17 9L9 17L1 9Z", cross: "M2 9H16M9 2V16" };
  const body = shapes[sign] ? `<path d="${shapes[sign]}" />` : '<circle cx="9" cy="9" r="6" />';
  return `<svg width="18" height="18" fill="${sign === "ring" || sign === "cross" ? "none" : fill}" stroke="${sign === "ring" ? fill : "#222"}" stroke-width="${sign === "ring" ? 2.5 : 1}" aria-hidden="true">${body}</svg>`;
};

/* ---- cells: one canvas, drawn as an image of squares ---- */
const Cells = L.Layer.extend({
  onAdd(map) {
    this._canvas = L.DomUtil.create("canvas", "leaflet-zoom-hide", map.getPanes().tilePane);
    this._canvas.style.position = "absolute";
    map.on("moveend zoomend resize", this.draw, this);
    this.draw();
  },
  onRemove(map) { map.off("moveend zoomend resize", this.draw, this); this._canvas.remove(); },
  draw() {
    const size = map.getSize(), ctx = this._canvas.getContext("2d"), half = EDITION.cell_m / 2;
    L.DomUtil.setPosition(this._canvas, map.containerPointToLayerPoint([0, 0]));
    this._canvas.width = size.x; this._canvas.height = size.y;
    /* Leaflet rounds points to pixels: from one point on, all others follow by the scale. */
    const scale = map.options.crs.scale(map.getZoom()), corner = map.containerPointToLatLng([0, 0]);
    const across = (x) => Math.round((x - corner.lng) * scale), down = (y) => Math.round((corner.lat - y) * scale);
    ctx.globalAlpha = CELL_ALPHA;
    cells.forEach((cell, n) => {
      const grade = gradeThen("cells", n);
      if (grade === null) return;
      const left = across(cell.x_m - half), right = across(cell.x_m + half), top = down(cell.y_m + half), bottom = down(cell.y_m - half);
      if (right < 0 || bottom < 0 || left > size.x || top > size.y) return;
      ctx.fillStyle = GRADES[grade].fill;
      ctx.fillRect(left, top, Math.max(1, right - left), Math.max(1, bottom - top));
    });
  },
});

/* ---- the map ---- */
const map = L.map("map", { crs: L.CRS.Simple, preferCanvas: true, minZoom: -9, maxZoom: 3, zoomSnap: 0.25, attributionControl: false, zoomControl: false });
L.control.zoom({ zoomInTitle: "放大", zoomOutTitle: "缩小" }).addTo(map);
L.control.scale({ imperial: false, maxWidth: 160, position: "bottomleft" }).addTo(map);
const at = (thing) => [thing.y_m, thing.x_m];
const cellLayer = new Cells(), sourceLayer = L.layerGroup(), outlineLayers = new Map();
const receptorLayer = L.layerGroup(receptors.map((place) => new Sign(at(place), { sign: "cross", radius: 5, color: "#5b2a86", weight: 2, fill: false }).bindTooltip(text(place.name || place.kind || ""))));
const siteLayer = L.layerGroup(sites.map((site) => new Sign(at(site), { sign: "square", radius: 4, color: "#0b6e4f", weight: 1.5, fillColor: "#fff", fillOpacity: 1 }).bindTooltip(text([site.name, site.medium, site.role].filter(Boolean).join("，")))));

for (const outline of EDITION.outlines) {
  if (!outlineLayers.has(outline.kind)) outlineLayers.set(outline.kind, { label: outline.label, group: L.layerGroup() });
  const style = { ...(OUTLINE[outline.kind] || OUTLINE.other), fill: false, interactive: false };
  const group = outlineLayers.get(outline.kind).group;
  for (const line of outline.lines) group.addLayer((outline.is_closed ? L.polygon : L.polyline)(line.map(([x, y]) => [y, x]), style));
  if (outline.kind === "park" || outline.kind === "ecological_red_line" || outline.kind === "functional_zone")
    group.addLayer(L.marker(L.polygon(outline.lines[0].map(([x, y]) => [y, x])).getBounds().getCenter(), { interactive: false, icon: L.divIcon({ className: "park-name", html: text(outline.name || ""), iconSize: null }) }));
}

const largest = { mass: 1, toxic: 1 };
for (const kind of ["mass", "toxic"]) { view = kind; largest[kind] = Math.max(1e-12, ...sources.map((source) => quantity(source) || 0)); }
view = "risk";

function signOf(source, n) {
  if (view === "risk") {
    const grade = gradeThen("sources", n);
    if (grade === null) return null;
    const look = GRADES[grade];
    return { sign: look.sign, radius: grade === 1 ? 9 : grade === 2 ? 8 : 6.5, color: look.sign === "ring" ? look.fill : "#222", weight: look.sign === "ring" ? 2.5 : 1, fillColor: look.fill, fillOpacity: look.sign === "ring" ? 0.15 : 1 };
  }
  const amount = quantity(source);
  if (!amount) return { sign: "ring", radius: 3, color: "#777", weight: 1, fillOpacity: 0 };
  return { sign: "circle", radius: 3 + 21 * Math.sqrt(amount / largest[view]), color: "#222", weight: 1, fillColor: view === "mass" ? "#4575b4" : "#7b3294", fillOpacity: 0.65 };
}
function drawSources() {
  sourceLayer.clearLayers();
  const drawn = sources.map((source, n) => [source, n]);
  if (view === "risk") drawn.sort(([, a], [, b]) => (gradeThen("sources", b) || 9) - (gradeThen("sources", a) || 9));
  else drawn.sort(([a], [b]) => (quantity(b) || 0) - (quantity(a) || 0));
  for (const [source, n] of drawn) {
    const look = signOf(source, n);
    if (!look) continue;
    if (n === chosen) Object.assign(look, { color: "#000", weight: 3.5 });
    new Sign(at(source), look).on("click", (event) => { L.DomEvent.stop(event); choose(n, false); }).addTo(sourceLayer);
  }
}

/* ---- legend ---- */
function drawLegend() {
  const lines = [];
  if (view === "risk") {
    const counts = GRADES.map((_, grade) => sources.filter((_s, n) => gradeThen("sources", n) === grade).length);
    for (const grade of [1, 2, 3, 4, 0]) lines.push(`<div>${svgSign(GRADES[grade].sign, GRADES[grade].fill)}${GRADES[grade].word}${sources.length ? `（${counts[grade]}）` : ""}</div>`);
  } else {
    const [colour, words, most] = view === "mass" ? ["#4575b4", "大气与水排放量", `${number(largest.mass)} kg/a`] : ["#7b3294", "毒性加权量占比", share(largest.toxic)];
    lines.push(`<div>${svgSign("circle", colour)}${words}，面积与数量成正比</div><p>最大 ${most}</p>`);
  }
  if (map.hasLayer(cellLayer)) lines.push("<p>方格：网格的分区等级，颜色同上</p>");
  if (map.hasLayer(receptorLayer)) lines.push(`<div>${svgSign("cross", "")}敏感场所与居民点</div>`);
  if (map.hasLayer(siteLayer)) lines.push(`<div>${svgSign("square", "#fff")}监测点位</div>`);
  if (EDITION.about.is_public && !sources.length) lines.push("<p>公开版不列企业图层。</p>");
  if (EDITION.about.unplaced) lines.push(`<p>另有 ${EDITION.about.unplaced} 个风险源没有坐标，未上图。</p>`);
  document.getElementById("legend").innerHTML = lines.join("");
}

/* ---- list ---- */
const COLUMNS = [["name", "名称"], ["grade", "等级"], ["mass", "排放量（kg/a）"], ["toxic", "毒性加权占比"]];
let found = [], listed = FIRST_ROWS;
const worth = (column) => (n) => {
  const source = sources[n];
  if (column === "name") return source.name || "";
  if (column === "grade") return gradeThen("sources", n) || 9;
  const before = view; view = column; const amount = quantity(source); view = before;
  return amount === null || amount === undefined ? Infinity : -amount;
};
function search() {
  const words = document.getElementById("search").value.trim().toLowerCase();
  const haystack = (source) => [source.name, source.id, source.industry, source.park, ...(source.pollutants || [])].join(" ").toLowerCase();
  found = sources.map((_, n) => n).filter((n) => !words || haystack(sources[n]).includes(words));
  const key = worth(order);
  const keyed = found.map((n) => [key(n), n]).sort(([a, n], [b, m]) => (a < b ? -1 : a > b ? 1 : n - m));
  found = keyed.map(([, n]) => n);
  listed = FIRST_ROWS;
  drawList();
}
function row(n) {
  const source = sources[n], grade = gradeThen("sources", n);
  const mass = source.air_kg == null && source.water_kg == null ? null : (source.air_kg || 0) + (source.water_kg || 0);
  return `<tr data-n="${n}"${n === chosen ? ' class="on"' : ""}><td class="name"><a href="#card" data-n="${n}">${text(source.name || source.id)}</a></td><td class="grade">${grade === null ? "—" : svgSign(GRADES[grade].sign, GRADES[grade].fill) + GRADES[grade].word}</td><td class="n">${number(mass)}</td><td class="n">${share(source.toxic_kg)}</td></tr>`;
}
function drawList() {
  const head = COLUMNS.map(([key, label]) => `<th scope="col" aria-sort="${order === key ? "ascending" : "none"}"><button type="button" data-order="${key}">${label}${order === key ? "▾" : ""}</button></th>`).join("");
  const rest = found.length > listed ? `<div class="more"><button type="button" id="more">再列 ${found.length - listed} 个</button></div>` : "";
  document.getElementById("list").innerHTML = sources.length
    ? `<table><thead><tr>${head}</tr></thead><tbody>${found.slice(0, listed).map(row).join("")}</tbody></table>${rest}`
    : `<p class="more">${EDITION.about.is_public ? "公开版不列企业。" : "本版次没有可上图的风险源。"}</p>`;
  document.getElementById("count").textContent = sources.length ? `风险源 ${found.length} 个` : `网格 ${cells.length} 个`;
}
document.getElementById("list").addEventListener("click", (event) => {
  const sort = event.target.closest("[data-order]"), line = event.target.closest("[data-n]");
  if (sort) { order = sort.dataset.order; search(); }
  else if (event.target.id === "more") { listed = found.length; drawList(); }
  else if (line) { event.preventDefault(); choose(Number(line.dataset.n), true); }
});

/* ---- what is known of one source or cell ---- */
function card(title, pairs, link) {
  const box = document.getElementById("card");
  const body = pairs.filter(([, value]) => value !== undefined && value !== null && value !== "").map(([label, value]) => `<dt>${label}</dt><dd>${value}</dd>`).join("");
  box.innerHTML = `<button class="close" type="button" aria-label="关闭">✕</button><h2>${text(title)}</h2><dl>${body}</dl>${link || ""}`;
  box.hidden = false;
  box.querySelector(".close").addEventListener("click", () => { box.hidden = true; chosen = null; drawSources(); drawList(); });
}
function choose(n, move) {
  chosen = n;
  const source = sources[n], grade = gradeThen("sources", n);
  const chances = source.chances && source.chances.length === 4 ? source.chances.map((p, k) => (p ? `${GRADES[k + 1].word} ${Math.round(p * 100)}%` : "")).filter(Boolean).join("，") : "";
  const file = EDITION.about.dossiers[source.id], link = file ? `<p><a href="${encodeURI(file)}">一企一档</a></p>` : "";
  card(source.name || source.id, [
    ["等级", grade === null ? "当时不在册" : GRADES[grade].word], ["各等级概率", chances], ["理由", source.why ? text(source.why) : source.reasons && source.reasons.length ? source.reasons.map(text).join("；") : "—"],
    ["距下一级", source.next && text(source.next)], ["与上版比", source.change && text(source.change)], ["风险码", source.colour && text(source.colour)],
    ["未结问题", source.open_problems], ["园区", source.park && text(source.park)], ["行业", source.industry && text(source.industry)],
    ["大气排放", source.air_kg === undefined ? undefined : number(source.air_kg) + " kg/a"], ["水排放", source.water_kg === undefined ? undefined : number(source.water_kg) + " kg/a"], ["毒性加权占比", source.toxic_kg === undefined ? undefined : share(source.toxic_kg)],
    ["重点污染物", source.pollutants && source.pollutants.map(text).join("、")], ["资料可信度", source.confidence && text(source.confidence)],
  ], link);
  if (move) map.setView(at(source), Math.max(map.getZoom(), -4));
  drawSources(); drawList();
}
map.on("click", (event) => {
  const half = EDITION.cell_m / 2, { lng: x, lat: y } = event.latlng;
  const n = cells.findIndex((cell) => Math.abs(cell.x_m - x) <= half && Math.abs(cell.y_m - y) <= half);
  if (n < 0 || !map.hasLayer(cellLayer)) return;
  const cell = cells[n], grade = gradeThen("cells", n);
  card("网格", [["等级", grade === null ? "—" : GRADES[grade].word], ["分区", cell.zone && text(cell.zone)], ["人口（人）", cell.people === undefined ? undefined : number(cell.people)],
    ["致癌风险", cell.cancer_risk === undefined ? undefined : risk(cell.cancer_risk)], ["危害指数", cell.hazard_index === undefined ? undefined : number(cell.hazard_index)], ["理由", cell.reasons && cell.reasons.map(text).join("；")]]);
});

/* ---- controls ---- */
function layerBox(label, layer, shown) {
  const box = document.createElement("label");
  box.innerHTML = `<input type="checkbox"${shown ? " checked" : ""}> ${text(label)}`;
  const toggle = () => { if (box.firstChild.checked) layer.addTo(map); else layer.remove(); drawLegend(); };
  box.firstChild.addEventListener("change", toggle);
  if (shown) layer.addTo(map);
  document.getElementById("layers").append(box);
}
function showMoment() {
  const { edition, as_of } = moments[moment];
  document.getElementById("moment_text").textContent = ` 第${edition}版 ${as_of}`;
  if (map.hasLayer(cellLayer)) cellLayer.draw();
  drawSources(); drawLegend(); search();
}
for (const radio of document.querySelectorAll("[name=view]")) radio.addEventListener("change", () => { view = radio.value; drawSources(); drawLegend(); });
const slider = document.getElementById("moment");
slider.max = moments.length - 1; slider.value = moment; slider.disabled = moments.length < 2;
slider.addEventListener("input", () => { moment = Number(slider.value); showMoment(); });
document.getElementById("search").addEventListener("input", search);
document.getElementById("print").addEventListener("click", () => window.print());
window.addEventListener("beforeprint", () => map.invalidateSize()); window.addEventListener("afterprint", () => map.invalidateSize());

const everything = [...EDITION.outlines.filter((outline) => outline.kind === "area").flatMap((outline) => outline.lines.flat()), ...(EDITION.outlines.some((outline) => outline.kind === "area") ? [] : [...sources, ...cells].map((thing) => [thing.x_m, thing.y_m]))];
map.fitBounds(L.latLngBounds(everything.map(([x, y]) => [y, x])), { animate: false });
if (cells.length) layerBox("网格等级", cellLayer, true);
if (sources.length) layerBox("风险源", sourceLayer, true);
if (receptors.length) layerBox("敏感场所", receptorLayer, false);
if (sites.length) layerBox("监测点位", siteLayer, false);
for (const [kind, { label, group }] of outlineLayers) layerBox(label, group, SHOWN_FIRST.has(kind));
showMoment();
document.body.dataset.ready = "yes";
