/**
 * The book where it is served: what was fetched once is there without a network, too.
 *
 * Fresh where there is a network, kept where there is none. From disk nobody needs this.
 *
 * @module
 */
/// <reference no-default-lib="true" />
/// <reference lib="webworker" />
declare const self: ServiceWorkerGlobalScope;

const KEPT = "digits-from-scratch";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && new URL(request.url).origin === location.origin) event.respondWith(answer(request));
});

async function answer(request: Request): Promise<Response> {
  const kept = await caches.open(KEPT);
  try {
    const response = await fetch(request);
    if (response.ok) await kept.put(request, response.clone());
    return response;
  } catch {
    return await kept.match(request, { ignoreSearch: true }) ?? Response.error();
  }
}
