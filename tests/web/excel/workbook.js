// An Excel that is not there: a workbook in memory, filled from window.__seed. Microsoft's own library speaks to it through
// bridge.js. It is as strict as Excel where that matters: sizes must fit, protected sheets take nothing, and what a program
// sets is read as if it had been typed.
(() => {
  const letters = (n) => (n < 0 ? "" : letters(Math.floor(n / 26) - 1) + String.fromCharCode(65 + (n % 26)));
  const number = (text) => [...text].reduce((sum, one) => sum * 26 + one.charCodeAt(0) - 64, 0) - 1;
  const failed = (code, words) => Object.assign(new Error(words), { code });
  const nothing = { isNullObject: true };
  let made = 0;

  class Thing { constructor(told = {}) { Object.assign(this, told); } }
  class Collection {
    constructor(items = []) { this.items = items; }
    getItemOrNullObject(name) {
      return this.items.find((one) => one.id === name || one.name.toLowerCase() === String(name).toLowerCase()) ?? nothing;
    }
    getItem(name) {
      const one = this.getItemOrNullObject(name);
      if (one === nothing) throw failed("ItemNotFound", `there is no ${name}`);
      return one;
    }
  }

  /** What Excel makes of a value that a program sets in a cell of this format. */
  function asTyped(value, format) {
    if (typeof value !== "string" || format === "@") return { value };
    if (value.startsWith("'")) return { value: value.slice(1) };
    if (value.startsWith("=")) return { value: workedOut(value), formula: value };
    if (/^[-+]?\d+(\.\d+)?%?$/.test(value)) return { value: parseFloat(value) / (value.endsWith("%") ? 100 : 1) };
    if (/^\d{1,2}[/-]\d{1,2}([/-]\d{2,4})?$/.test(value)) return { value: 46000, format: "d mmm" };
    if (/^(true|false)$/i.test(value)) return { value: value.toLowerCase() === "true" };
    return { value };
  }
  function workedOut(formula) {
    const link = /^=HYPERLINK\("(?:[^"]|"")*","([^"]*)"\)$/.exec(formula);
    if (link) return link[1];
    const mark = /^=IF\((\w+)=(-?\d+),(.*)$/s.exec(formula);
    if (mark) {
      const pieces = [...mark[3].matchAll(/"((?:[^"]|"")*)"(&|,|\))/g)], same = book.names.getItemOrNullObject(mark[1]).value === Number(mark[2]);
      const end = pieces.findIndex((one) => one[2] === ",") + 1;
      return pieces.slice(...(same ? [0, end] : [end])).map((one) => one[1].replaceAll('""', '"')).join("");
    }
    return "";
  }

  class Range {
    constructor(sheet, rowIndex, columnIndex, rowCount, columnCount) {
      if (rowCount < 1 || columnCount < 1) throw failed("InvalidArgument", "a range without cells");
      Object.assign(this, { sheet, rowIndex, columnIndex, rowCount, columnCount });
    }
    get worksheet() { return this.sheet; }
    get address() {
      const end = `${letters(this.columnIndex + this.columnCount - 1)}${this.rowIndex + this.rowCount}`, start = `${letters(this.columnIndex)}${this.rowIndex + 1}`;
      return `${this.sheet.name}!${start}${start === end ? "" : `:${end}`}`;
    }
    map(make) { return Array.from({ length: this.rowCount }, (_, i) => Array.from({ length: this.columnCount }, (_, j) => make(this.rowIndex + i, this.columnIndex + j, i, j))); }
    cells(change) { this.sheet.mayChange(); this.map((r, c, i, j) => change(this.sheet.cell(r, c), i, j)); }
    put(given, set) {
      if (!Array.isArray(given)) return this.cells((cell) => set(cell, given));
      if (given.length !== this.rowCount || given.some((row) => row.length !== this.columnCount)) throw failed("InvalidArgument", `an array of another size than ${this.address}`);
      return this.cells((cell, i, j) => set(cell, given[i][j]));
    }
    get values() { return this.map((r, c) => this.sheet.at(r, c).value ?? ""); }
    set values(given) {
      this.put(given, (cell, value) => {
        const { value: typed, formula, format } = asTyped(value, cell.format ?? "General");
        cell.value = typed;
        cell.formula = formula;
        if (format) cell.format = format;
      });
    }
    get formulas() { return this.map((r, c) => this.sheet.at(r, c).formula ?? this.sheet.at(r, c).value ?? ""); }
    set formulas(given) { this.values = given; }
    get numberFormat() { return this.map((r, c) => this.sheet.at(r, c).format ?? "General"); }
    set numberFormat(given) { this.put(given, (cell, format) => { cell.format = format; }); }
    get valueTypes() {
      return this.map((r, c) => {
        const { value = "", error } = this.sheet.at(r, c);
        return error ? "Error" : value === "" ? "Empty" : { number: "Double", boolean: "Boolean", string: "String" }[typeof value];
      });
    }
    get format() { return new Format(this); }
    set columnHidden(yes) { for (let c = 0; c < this.columnCount; c++) this.sheet.column(this.columnIndex + c).hidden = yes; }
    // Microsoft's library sets more than 1,500 values some rows at a time, and asks for these by their first and last.
    getRow(index) {
      if (index < 0 || index >= this.rowCount) throw failed("InvalidArgument", `row ${index} of ${this.address}`);
      return new Range(this.sheet, this.rowIndex + index, this.columnIndex, 1, this.columnCount);
    }
    getBoundingRect(other) {
      const top = Math.min(this.rowIndex, other.rowIndex), left = Math.min(this.columnIndex, other.columnIndex);
      const end = (one) => [one.rowIndex + one.rowCount, one.columnIndex + one.columnCount];
      const [bottom, right] = [0, 1].map((i) => Math.max(end(this)[i], end(other)[i]));
      return new Range(this.sheet, top, left, bottom - top, right - left);
    }
    getEntireColumn() { return new Range(this.sheet, 0, this.columnIndex, 1048576, this.columnCount); }
    group(by) { if (by !== "ByColumns") throw failed("InvalidArgument", by); for (let c = 0; c < this.columnCount; c++) this.sheet.column(this.columnIndex + c).level = 2; }
    getRowProperties() { return { value: Array.from({ length: this.rowCount }, (_, i) => ({ rowHidden: this.sheet.hiddenRows.has(this.rowIndex + i + 1) })) }; }
    getColumnProperties() { return { value: Array.from({ length: this.columnCount }, (_, j) => ({ columnHidden: this.sheet.column(this.columnIndex + j).hidden === true })) }; }
    getMergedAreasOrNullObject() { const { merged, name } = this.sheet; return merged.length ? new Thing({ address: merged.map((one) => `${name}!${one}`).join(",") }) : nothing; }
    get conditionalFormats() {
      const { rules } = this.sheet, range = this;
      return { items: rules, add(type) { range.sheet.mayChange(); const rule = new Rule(type, range.address); rules.push(rule); return rule; } };
    }
    clear(what) { if (what !== "Contents") throw failed("NotImplemented", what); this.cells((cell) => { delete cell.value; delete cell.formula; }); }
    copyFrom(source, what) {
      if (what !== "Formats") throw failed("NotImplemented", what);
      this.cells((cell, i, j) => { cell.format = this.sheet.at(source.rowIndex, source.columnIndex + j).format; });
    }
    select() { book.selection = [this]; book.active = this.sheet; }
  }

  /** The look of a range: only what is set is kept, by cell or by column. */
  class Format {
    constructor(range) { this.range = range; }
    look(name, value) { this.range.cells((cell) => { (cell.look ??= {})[name] = value; }); }
    set columnWidth(points) { for (let c = 0; c < this.range.columnCount; c++) this.range.sheet.column(this.range.columnIndex + c).width = points; }
    set rowHeight(points) { for (let r = 0; r < this.range.rowCount; r++) this.range.sheet.heights[this.range.rowIndex + r + 1] = points; }
    set wrapText(yes) { this.look("wraps", yes); }
    set verticalAlignment(where) { this.look("vertical", where); }
    set horizontalAlignment(where) { this.look("across", where); }
    set indentLevel(level) { this.look("indent", level); }
    get font() { return new Proxy(this, { set: (format, name, value) => { format.look(name, value); return true; } }); }
    get fill() { return new Proxy(this, { set: (format, name, value) => { format.look("fill", value); return true; } }); }
    get borders() { return { getItem: () => new Thing() }; }
  }
  class Rule {
    constructor(type, address) {
      this.id = `{rule ${++made}}`;
      this.type = type;
      this.address = address;
      this.custom = new Thing({ rule: new Thing({ formula: "" }), format: new Thing({ fill: new Thing({ color: "" }), font: new Thing({ color: "", bold: false }) }) });
    }
  }

  class Table {
    constructor(sheet, told) { Object.assign(this, { id: `{table ${++made}}`, sheet, style: "", showTotals: false, filtered: false }, told); }
    get worksheet() { return this.sheet; }
    get autoFilter() { return new Thing({ isDataFiltered: this.filtered }); }
    clearFilters() { this.filtered = false; }
    getRange() { return new Range(this.sheet, this.row - 1, this.column - 1, this.rowCount, this.columnCount); }
    getDataBodyRange() { return new Range(this.sheet, this.row, this.column - 1, this.rowCount - 1, this.columnCount); }
    resize({ rowIndex, columnIndex, rowCount, columnCount }) {
      this.sheet.mayChange();
      if (rowIndex + 1 !== this.row || rowCount < 2) throw failed("InvalidArgument", "a table keeps its headings, and a row");
      Object.assign(this, { column: columnIndex + 1, rowCount, columnCount });
    }
    get rows() { return { add: (index, values) => { this.sheet.mayChange(); this.rowCount += values.length; return new Thing(); } }; }
  }

  class Sheet {
    constructor(told) {
      Object.assign(this, { visibility: "Visible", merged: [], ...told });
      this.grid = (told.cells ?? []).map((row) => row.map((cell) => ({ ...cell })));
      this.columns = [];
      for (const hidden of told.hiddenColumns ?? []) this.column(hidden - 1).hidden = true;
      this.hiddenRows = new Set(told.hiddenRows ?? []);
      this.heights = {};
      this.rules = [];
      this.protection = new Thing({ protected: false });
      this.tables = new Collection((told.tables ?? []).map((one) => new Table(this, one)));
      this.tables.add = ({ rowIndex, columnIndex, rowCount, columnCount }) => {
        const table = new Table(this, { name: "Table1", row: rowIndex + 1, column: columnIndex + 1, rowCount, columnCount });
        this.tables.items.push(table);
        return table;
      };
      this.freezePanes = { freezeRows: (count) => { this.frozen = count; } };
    }
    at(r, c) { return this.grid[r]?.[c] ?? {}; }
    cell(r, c) { return ((this.grid[r] ??= [])[c] ??= {}); }
    column(c) { return (this.columns[c] ??= {}); }
    mayChange() { if (this.protection.protected) throw failed("AccessDenied", `${this.name} is protected`); }
    get id() { return this.name; }
    get position() { return book.worksheets.items.indexOf(this); }
    set position(to) { const all = book.worksheets.items; all.splice(this.position, 1); all.splice(to, 0, this); }
    getUsedRangeOrNullObject() {
      let rows = 0, columns = 0;
      this.grid.forEach((row, r) => row?.forEach((cell, c) => { if (cell && (cell.value ?? "") !== "") { rows = r + 1; columns = Math.max(columns, c + 1); } }));
      return rows ? new Range(this, 0, 0, rows, columns) : nothing;
    }
    getRangeByIndexes(...four) { return new Range(this, ...four); }
    getRange(address) {
      const [, c1, r1, c2 = c1, r2 = r1] = /^([A-Z]+)(\d+)?(?::([A-Z]+)(\d+)?)?$/.exec(address.replaceAll("$", ""));
      const [top, left, right] = [r1 ? r1 - 1 : 0, number(c1), number(c2)];
      return new Range(this, top, left, (r2 ? Number(r2) : 1048576) - top, right - left + 1);
    }
    activate() { book.active = this; }
  }

  const book = { id: "book", name: "", readOnly: false, selection: [], protection: new Thing({ protected: false }), opened: [] };
  book.worksheets = new Collection();
  book.worksheets.add = (name) => {
    if (book.protection.protected) throw failed("AccessDenied", "the workbook is protected");
    const sheet = new Sheet({ name });
    book.worksheets.items.push(sheet);
    return sheet;
  };
  book.names = new Collection();
  book.names.add = (name, formula) => {
    const named = new Thing({ name, formula, getRangeOrNullObject: () => nothing });
    book.names.items.push(named);
    return named;
  };
  Object.defineProperty(book, "tables", { get: () => new Collection(book.worksheets.items.flatMap(({ tables }) => tables.items)) });
  book.application = {
    calculate() {},
  };
  book.createAndOpenWorkbook = (base64) => { // as the library asks on the web
    if (book.hardened) throw failed("AccessDenied", "hardened");
    book.opened.push(base64);
  };
  book.getSelectedRanges = () => {
    if (!book.selection.length) throw failed("InvalidSelection", "no cells are selected");
    return new Thing({ worksheet: book.selection[0].sheet, areas: new Collection(book.selection) });
  };
  book.insertWorksheetsFromBase64 = (base64) => { if (book.hardened) throw failed("AccessDenied", "hardened"); book.worksheets.items.push(new Sheet({ name: `Reports ${book.worksheets.items.length}`, base64 })); return { value: [] }; };

  const seed = window.__seed;
  book.name = seed.name;
  book.worksheets.items.push(...seed.sheets.map((one) => new Sheet(one)));
  for (const { name, value } of seed.names) {
    book.names.items.push(new Thing({ name, value, getRangeOrNullObject: () => new Thing({ values: [[value]] }) }));
  }
  window.__workbook = book;
})();
