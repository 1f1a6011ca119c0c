// The service worker: the site is kept for later visits without a network, and a new version comes in cleanly.
import { el } from "./elements.js";

/** Keep the site; `box` tells of a newer version and takes it when asked. @param {HTMLElement} box */
export async function keepSite(box) {
  if (!("serviceWorker" in navigator)) return;
  const had = navigator.serviceWorker.controller;
  let asked = false;
  navigator.serviceWorker.addEventListener("controllerchange", () => { if (had && asked) location.reload(); });
  const registered = await navigator.serviceWorker.register(new URL("../sw.js", import.meta.url), { updateViaCache: "none" }).catch(() => null);
  if (!registered) return; // a private window, or a server without https: the page works all the same
  const offer = () => {
    if (!registered.waiting || !navigator.serviceWorker.controller) return;
    const take = () => { asked = true; registered.waiting?.postMessage("take over"); };
    box.replaceChildren(el("p", {}, "A newer Mentorbook is ready. It is used when all its tabs were closed, or ",
      el("button", { type: "button", class: "plain", onclick: take, text: "load it now" }), ". An open tracker is then to be chosen again."));
    box.hidden = false;
  };
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data === "other tabs") box.replaceChildren(el("p", { text: "Close the other tabs of Mentorbook first, then load this page again." }));
  });
  offer();
  registered.addEventListener("updatefound", () => {
    registered.installing?.addEventListener("statechange", offer);
  });
}
