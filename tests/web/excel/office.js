// What Office itself gives an add-in, beside the workbook: its start, its buttons, its functions, the file as it stands.
// Loaded after Microsoft's Excel library, which brings an Office of its own that only a real host can start.
(() => {
  const lacking = new Set(window.__seed.lacking ?? []); // sets that this Excel does not have, such as "ExcelApi 1.13"
  window.__functions = {};
  window.__buttons = {};
  window.__shown = 0;
  window.CustomFunctions = { associate: (name, run) => { window.__functions[name] = run; } };
  const file = async () => {
    const bytes = new Uint8Array(await (await fetch(window.__seed.file)).arrayBuffer()), size = 4194304;
    return {
      sliceCount: Math.ceil(bytes.length / size), closeAsync() {},
      getSliceAsync: (i, tell) => tell({ status: "succeeded", value: { data: [...bytes.subarray(i * size, (i + 1) * size)] } }),
    };
  };
  window.Office = {
    onReady: async (then) => then?.({ host: "Excel", platform: Office.context.platform }),
    AsyncResultStatus: { Failed: "failed", Succeeded: "succeeded" },
    actions: { associate: (name, run) => { window.__buttons[name] = run; } },
    addin: { showAsTaskpane: async () => { window.__shown++; } },
    context: {
      platform: window.__seed.platform ?? "OfficeOnline",
      diagnostics: { version: "16.0", platform: window.__seed.platform ?? "OfficeOnline" },
      requirements: { isSetSupported: (name, version) => !lacking.has(`${name} ${version}`) },
      document: {
        url: `https://college.example/Shared/${encodeURIComponent(window.__seed.name)}`,
        getFileAsync: (kind, options, tell) => file().then((value) => tell({ status: "succeeded", value })),
      },
    },
  };
})();
