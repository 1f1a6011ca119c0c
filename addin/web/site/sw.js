// Keeps the whole site after the first visit, so that it works without a network. The line above is written by the build.
// A new version is fetched beside the old one and waits until no tab uses the old one: never two versions at once.
/* global SITE */
const CACHE = `mentorbook-${SITE.build}`;

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(clear().then(() => self.clients.claim())));
self.addEventListener("message", (event) => {
  if (event.data === "take over") event.waitUntil(takeOver(event.source));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && new URL(request.url).origin === self.location.origin) {
    event.respondWith(answer(request));
  }
});

/** Only where no other tab would be left with a page of the old version. */
async function takeOver(asked) {
  const tabs = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (tabs.length < 2) return self.skipWaiting();
  return asked.postMessage("other tabs");
}

/** Every file, checked against its hash: a site that was only half copied to the server is not taken. */
async function keep() {
  const cache = await caches.open(CACHE);
  await Promise.all(Object.entries(SITE.files).map(async ([name, integrity]) => {
    const request = new Request(name, { integrity, cache: "no-cache" });
    const found = await fetch(request);
    if (!found.ok) throw new Error(`${name}: ${found.status}`);
    const headers = new Headers(found.headers); // the policy holds from now on, whatever the server sends
    headers.set("Content-Security-Policy", SITE.policies[name] ?? SITE.policy);
    await cache.put(new URL(name, self.location.href).href, new Response(found.body, { headers }));
  }));
}

async function clear() {
  const names = await caches.keys();
  return Promise.all(names.filter((name) => name.startsWith("mentorbook-") && name !== CACHE).map((name) => caches.delete(name)));
}

async function answer(request) {
  const url = new URL(request.url);
  url.search = "";
  url.hash = "";
  if (url.href === new URL("./", self.location.href).href) url.pathname += "index.html";
  const cache = await caches.open(CACHE);
  return (await cache.match(url.href)) ?? fetch(request);
}
