// A chart as its points say: lines and bars; any other kind is named and left out.
const SVG = "http://www.w3.org/2000/svg";
const INK = "#1B2733", PALE = "#D9E0E6", COLOURS = ["#1F5F7A", "#8A98A5", "#A8690B", "#2F7A59"];

/**
 * @param {{kind: string, across: boolean, title: string, names: string[], series: any[]}} told
 * @param {number} width @param {number} height pixels
 */
export function chart(told, width, height) {
  const words = `Chart${told.title ? `: ${told.title}` : ""} of ${told.series.filter(seen).map(({ name }) => name).join(", ")}`;
  const image = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": words });
  const points = told.series.flatMap((one) => one.points).filter((one) => one !== null);
  if (!points.length || !["lineChart", "barChart"].includes(told.kind)) {
    image.append(text(width / 2, height / 2, told.title || "A chart stands here", "middle"));
    return image;
  }
  const low = Math.min(0, ...points), high = Math.max(...points) * 1.08 || 1;
  const room = { left: 34, right: 70, top: told.title ? 26 : 12, bottom: 26 };
  if (told.title) image.append(text(room.left, 16, told.title, "start"));
  if (told.kind === "barChart" && told.across) across(image, told, width, height, room);
  else upright(image, told, width, height, low, high, room);
  return image;
}

const seen = ({ hidden, label, name }) => name && (!hidden || label);

function upright(image, { names, series }, width, height, low, high, room) {
  const count = Math.max(names.length, ...series.map((one) => one.points.length));
  const step = (width - room.left - room.right) / Math.max(1, count);
  const x = (at) => room.left + step * (at + 0.5);
  const y = (value) => height - room.bottom - ((value - low) / (high - low)) * (height - room.top - room.bottom);
  for (let part = 0; part <= 4; part++) {
    const value = low + ((high - low) * part) / 4;
    image.append(svg("line", { x1: room.left, x2: width - room.right, y1: y(value), y2: y(value), stroke: PALE }));
    image.append(text(room.left - 6, y(value) + 4, value.toFixed(high > 8 ? 0 : 1), "end"));
  }
  names.forEach((name, at) => image.append(text(x(at), height - 8, name, "middle")));
  const bars = series.filter((one) => one.kind === "barChart" && !one.hidden);
  series.forEach((one, place) => {
    const colour = one.colour ?? COLOURS[place % COLOURS.length];
    const there = one.points.map((value, at) => [x(at), y(value ?? 0), value]).filter(([, , value]) => value !== null);
    if (!there.length || (one.hidden && !one.label)) return;
    if (one.kind === "barChart") {
      const wide = (step * 0.7) / bars.length;
      for (const [left, top] of there) image.append(svg("rect", { x: left - step * 0.35 + bars.indexOf(one) * wide, y: top, width: wide, height: Math.max(0, y(low) - top), fill: colour }));
      return;
    }
    if (!one.hidden) image.append(svg("polyline", { points: there.map(([a, b]) => `${a},${b}`).join(" "), fill: "none", stroke: colour, "stroke-width": one.dash ? 2 : 3, ...(one.dash ? { "stroke-dasharray": "6 5" } : {}) }));
    if (!one.hidden && !one.dash) there.forEach(([a, b]) => image.append(svg("circle", { cx: a, cy: b, r: 3.5, fill: colour })));
    const [last, top] = there[there.length - 1];
    if (one.name) image.append(text(last + 8, top + 4, one.name, "start"));
  });
}

/** Bars from left to right: one series beside the other, or one after the other where they are stacked. */
function across(image, { names, series, stacked }, width, height, room) {
  const shown = series.filter((one) => !one.hidden && one.points.length);
  const count = Math.max(names.length, ...shown.map((one) => one.points.length));
  const values = (at) => shown.map((one) => one.points[at] ?? 0);
  const sums = Array.from({ length: count }, (_, at) => (stacked ? values(at).reduce((a, b) => a + b, 0) : Math.max(...values(at))));
  const side = Math.min(width * 0.4, 150), long = (value) => (value / (Math.max(...sums) || 1)) * (width - side - 50);
  const legend = shown.length > 1 ? 22 : 0, step = (height - room.top - 8 - legend) / Math.max(1, count);
  for (let at = 0; at < count; at++) {
    const top = room.top + legend + step * at;
    image.append(text(side - 6, top + step / 2 + 4, names[at] ?? "", "end"));
    let left = side;
    values(at).forEach((value, place) => {
      const high = stacked ? step * 0.7 : (step * 0.7) / shown.length;
      const down = top + step * 0.15 + (stacked ? 0 : place * high);
      image.append(svg("rect", { x: left, y: down, width: Math.max(0, long(value)), height: high, fill: colour(shown, place) }));
      if (value) image.append(stacked ? text(left + long(value) / 2, down + high / 2 + 4, figure(value), "middle") : text(left + long(value) + 4, down + high / 2 + 4, figure(value), "start"));
      if (stacked) left += long(value);
    });
  }
  shown.forEach(({ name }, place) => {
    if (!legend) return;
    const left = side + place * ((width - side) / shown.length);
    image.append(svg("rect", { x: left, y: room.top, width: 12, height: 12, fill: colour(shown, place) }), text(left + 17, room.top + 11, name, "start"));
  });
}

const colour = (series, place) => series[place].colour ?? COLOURS[place % COLOURS.length];
const figure = (value) => String(Math.round(value * 100) / 100);

function svg(name, set) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(set)) made.setAttribute(key, value);
  return made;
}

function text(x, y, words, anchor) {
  const made = svg("text", { x, y, "text-anchor": anchor, fill: INK });
  made.textContent = words;
  return made;
}
