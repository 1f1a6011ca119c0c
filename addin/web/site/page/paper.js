// A report's first page, drawn from its cells on white paper.
import { chart } from "./chart.js";
import { el } from "./elements.js";

const PIXELS_OF_A_POINT = 4 / 3;

/** @param {{columns: number[], rows: any[], looks: object[], drawings: any[], cut: boolean}} page @param {string} name */
export function paper(page, name) {
  const width = page.columns.reduce((sum, one) => sum + one, 0);
  const heights = page.rows.map(({ height }) => height * PIXELS_OF_A_POINT);
  const table = el("table", { role: "presentation" },
    el("colgroup", {}, ...page.columns.map((one) => styled(el("col"), { width: `${one}px` }))),
    el("tbody", {}, ...page.rows.map((row, at) => line(row, heights[at], page))));
  table.style.width = `${width}px`;
  const sheet = el("div", { class: "sheet" }, table, ...page.drawings.map((one) => drawing(one, page.columns, heights)));
  styled(sheet, { width: `${width}px` });
  const region = el("div", { class: "paper", role: "region", tabindex: "0", "aria-label": `A page: ${name}` }, sheet,
    page.cut && el("p", { text: "… and more rows." }));
  requestAnimationFrame(() => { sheet.style.zoom = Math.min(1, Math.max(0.45, ((region.parentElement?.clientWidth ?? width) - 36) / width)); });
  return region;
}

const styled = (element, set) => {
  for (const [name, value] of Object.entries(set)) element.style.setProperty(name, value);
  return element;
};

function line({ cells }, height, { columns, looks }) {
  const row = styled(el("tr"), { height: `${height}px` });
  if (!height) row.hidden = true;
  let next = 1;
  for (const cell of cells) {
    if (cell.column > next) row.append(el("td", { colspan: cell.column - next }));
    const flows = cell.across === 1 && !looks[cell.look]["white-space"] && cell.text.length * 5 > columns[cell.column - 1];
    const made = el("td", { colspan: cell.across, rowspan: cell.down, text: cell.text, class: flows && "flows" });
    row.append(styled(made, looks[cell.look] ?? {}));
    next = cell.column + cell.across;
  }
  return row;
}

/** A chart or a picture at its place: pixels from the corner of the page. */
function drawing({ from, to, ...what }, columns, heights) {
  const left = along(columns, from[0], from[1]), top = along(heights, from[2], from[3]);
  const wide = to ? along(columns, to[0], to[1]) - left : 400, high = to ? along(heights, to[2], to[3]) - top : 200;
  const inside = what.picture ? picture(what) : chart(what.chart, wide, high);
  return styled(el("div", { class: "drawn" }, inside), { left: `${left}px`, top: `${top}px`, width: `${wide}px`, height: `${high}px` });
}

const along = (sizes, count, more) => sizes.slice(0, count).reduce((sum, one) => sum + one, 0) + more;

function picture({ picture: text, kind }) {
  const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  return el("img", { src: URL.createObjectURL(new Blob([bytes], { type: kind })), alt: "" });
}
