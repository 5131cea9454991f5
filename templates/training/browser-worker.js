{% load static %}// Keeps lessons that have been opened, so that they can be read without network. It looks after /dao-tao/ alone.
const PAGES = "dao-tao-trang", FILES = "dao-tao-tep";
const MOST = { [PAGES]: 120, [FILES]: 300 };
const PATIENCE = 8000;
const KEPT_AS = { ignoreVary: true };
const WITHOUT_NETWORK = "{% url 'training-without-network' %}";
const NEVER = "{% url 'training-sync' %}";
const NEEDED = [
  "{% static 'css/portal.css' %}",
  "{% static 'css/article.css' %}",
  "{% static 'css/video.css' %}",
  "{% static 'css/forms.css' %}",
  "{% static 'css/course.css' %}",
  "{% static 'css/quiz.css' %}",
  "{% static 'js/theme.js' %}",
  "{% static 'js/course-player.js' %}",
  "{% static 'js/course-store.js' %}",
  "{% static 'fonts/be-vietnam-pro-400.woff2' %}",
  "{% static 'fonts/be-vietnam-pro-700.woff2' %}",
];

self.addEventListener("install", (event) => {
  const kept = async () => {
    const files = await caches.open(FILES), pages = await caches.open(PAGES);
    // What does not come on a weak network now is kept when a page asks for it; the worker is there all the same.
    await Promise.allSettled([...NEEDED.map((url) => files.add(url)), pages.add(WITHOUT_NETWORK)]);
    await self.skipWaiting();
  };
  event.waitUntil(kept());
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// Another member has logged in on this device: what the one before has opened is not theirs to read.
self.addEventListener("message", (event) => {
  if (event.data === "forget") {
    event.waitUntil(caches.delete(PAGES).then(() => caches.open(PAGES)).then((cache) => cache.add(WITHOUT_NETWORK)));
  }
  // The page that brought the worker was loaded before it was there.
  if (event.data?.keep) event.waitUntil(keepPage(event.data.keep));
});

async function keepPage(url) {
  const response = await fetch(url, { credentials: "same-origin" });
  await note(url, response);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || request.headers.has("range")) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (url.pathname.startsWith("/static/") || url.pathname.startsWith("/media/images/")) event.respondWith(file(request));
});

async function page(event) {
  const address = event.request.url.split("#")[0];
  try {
    const response = await within(PATIENCE, fetch(event.request));
    event.waitUntil(note(address, response.clone()));
    return response;
  } catch {
    const cache = await caches.open(PAGES);
    return (await cache.match(address, KEPT_AS)) ?? (await cache.match(WITHOUT_NETWORK, KEPT_AS)) ?? Response.error();
  }
}

// Only what the portal marks is kept: never a result, never what belongs to somebody who is not logged in any more.
async function note(address, response) {
  if (new URL(address).pathname === NEVER) return;
  const cache = await caches.open(PAGES);
  if (response.ok && !response.redirected && response.headers.get("X-Keep-Offline")) {
    await cache.put(address, response);
    await shorten(PAGES);
  } else if (response.type !== "opaqueredirect") {
    await cache.delete(address, KEPT_AS);
  }
}

async function file(request) {
  const cache = await caches.open(FILES);
  const kept = await cache.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.status === 200) {
    await cache.put(request, response.clone());
    await shorten(FILES);
  }
  return response;
}

async function shorten(name) {
  const cache = await caches.open(name);
  const keys = await cache.keys();
  const needed = new Set([...NEEDED, WITHOUT_NETWORK]);
  const spare = keys.filter((key) => !needed.has(new URL(key.url).pathname));
  for (const key of spare.slice(0, Math.max(0, keys.length - MOST[name]))) await cache.delete(key);
}

function within(milliseconds, promise) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("slow")), milliseconds);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
