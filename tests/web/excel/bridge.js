// Between Microsoft's Excel library and the workbook in memory: answers the library's batches as Excel does, from the
// objects of window.__workbook. What they do not have is refused by name, as Excel would refuse it.
(() => {
  const lower = (name) => (name[0] === "_" ? name : name[0].toLowerCase() + name.slice(1));
  const upper = (name) => name[0].toUpperCase() + name.slice(1);
  const known = new Map();
  const [INSTANTIATE, QUERY, METHOD, SET] = [1, 2, 3, 4];
  const [GLOBAL, BY_METHOD, BY_PROPERTY, BY_INDEX, BY_REFERENCE] = [1, 3, 4, 5, 6];
  window.__batches = [];

  const missing = (of, what) => Object.assign(new Error(`this Excel has no ${of?.constructor?.name}.${what}`), { code: "ApiNotFound" });
  const isNothing = (one) => one === null || one === undefined || one.isNullObject === true;
  const isPlain = (one) => one === null || typeof one !== "object" || (Array.isArray(one) && (one.length === 0 || Array.isArray(one[0]) || typeof one[0] !== "object"));

  /** Tell a property at a path such as items/name or format/fill/color. */
  function tell(out, of, [first, ...rest]) {
    if (first === "items" || (of.items && !(first in of))) {
      out._Items ??= of.items.map((one) => ({ _Id: one.id ?? one.name ?? "", ...(one.name === undefined ? {} : { Name: one.name }), ...(one instanceof Object && "rowIndex" in one ? { _ReferenceId: keep(one) } : {}) }));
      const path = first === "items" ? rest : [first, ...rest];
      if (path.length) of.items.forEach((one, i) => tell(out._Items[i], one, path));
      return;
    }
    const value = of[first];
    if (value === undefined) throw missing(of, first);
    if (rest.length) tell((out[upper(first)] ??= {}), value, rest);
    else if (isPlain(value)) out[upper(first)] = value;
    else throw missing(of, `${first} as a value`);
  }

  function keep(one) {
    const reference = `kept${known.size + 1}`;
    known.set(reference, one);
    return reference;
  }

  function answer({ ObjectPaths: paths, Actions: actions, AutoKeepReference: keeps }) {
    const found = new Map(), results = [];
    const given = (info) => (info?.Arguments ?? []).map((one, i) => { const path = info.ReferencedObjectPathIds?.[i]; return path ? object(path) : one; });
    const call = (of, name, info) => {
      if (typeof of[lower(name)] !== "function") throw missing(of, lower(name));
      return of[lower(name)](...given(info));
    };
    function object(id) {
      if (found.has(id)) return found.get(id);
      const { ObjectPathType: type, Name: name, ParentObjectPathId: parent, ArgumentInfo: info } = paths[id];
      const of = parent ? object(parent) : null;
      const one = type === GLOBAL ? window.__workbook
        : type === BY_REFERENCE ? known.get(name)
        : isNothing(of) ? of
        : type === BY_METHOD ? call(of, name, info)
        : type === BY_INDEX ? byIndex(of, given(info)[0])
        : type === BY_PROPERTY ? of[lower(name)] : undefined;
      if (one === undefined) throw missing(of, `${name} (path of type ${type})`);
      found.set(id, one);
      return one;
    }
    const byIndex = (of, name) => of.items?.find((one) => (one.id ?? one.name) === name) ?? of.getItem(name);
    const done = {
      [INSTANTIATE]: (one) => (isNothing(one) ? null : { ...(one.name && !one.items ? { _Id: one.id ?? one.name } : {}), ...(keeps && "rowIndex" in one ? { _ReferenceId: keep(one) } : {}) }),
      [QUERY]: (one, { QueryInfo: { Select: select = [], Expand: expand = [] } }) => {
        if (isNothing(one)) return null;
        const out = {};
        for (const path of [...select, ...expand]) tell(out, one, path.split("/").filter(Boolean).map(lower));
        return out;
      },
      [METHOD]: (one, { Name: name, ArgumentInfo: info }) => {
        if (name === "_KeepReference") return { _ReferenceId: keep(one) };
        if (name[0] === "_" || isNothing(one)) return null; // events are registered, references given up
        const value = call(one, name, info);
        return value && value.value !== undefined ? value.value : isPlain(value) ? value ?? null : null;
      },
      [SET]: (one, { Name: name, ArgumentInfo: info }) => { one[lower(name)] = given(info)[0]; },
    };
    for (const [i, action] of actions.entries()) {
      try {
        const value = done[action.ActionType]?.(object(action.ObjectPathId), action) ?? null; // null for a mark for tracing
        if (action.ActionType !== SET) results.push({ ActionId: action.Id, Value: value });
      } catch (error) {
        return { Results: results, Error: { Code: error.code ?? "GeneralException", Message: error.message, ActionIndex: i, Location: action.Name } };
      }
    }
    return { Results: results };
  }

  const bridge = (window._richApiNativeBridge = {
    onMessageFromHost: null,
    sendMessageToHost(text) {
      const { id, type, message } = JSON.parse(text);
      if (type !== 1) return;
      const body = answer(typeof message.body === "string" ? JSON.parse(message.body) : message.body);
      window.__batches.push(body.Error?.Message ?? "");
      setTimeout(() => bridge.onMessageFromHost(JSON.stringify({ id, type: 2, message: { statusCode: 200, headers: {}, body: JSON.stringify(body) } })));
    },
  });

  /** A mentor types into a cell: Excel tells of it. */
  window.__type = (sheet, cell, value) => {
    window.__workbook.worksheets.getItem(sheet).getRange(cell).values = [[value]];
    const told = JSON.stringify({ type: "WorksheetChanged", changeType: "RangeEdited", source: "Local", worksheetId: sheet, address: cell });
    bridge.onMessageFromHost(JSON.stringify({ type: 3, message: { entries: [[65536, 10, "Workbook", told, 1]] } }));
  };
})();
