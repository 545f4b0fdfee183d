// A little comfort. Every page does all of its work without it.
"use strict";

const ZONE_COOKIE = "newscrawler_zone";
const YEAR_SECONDS = 365 * 86400;
const LOOK_EVERY_MS = 60_000;

// Times: the server writes them in the zone that this cookie names. The first visit names it.
function nameZone() {
  if (document.body.dataset.zone) return;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone || zone === "UTC" || document.cookie.includes(`${ZONE_COOKIE}=`)) return;
  document.cookie = `${ZONE_COOKIE}=${encodeURIComponent(zone)}; path=/; max-age=${YEAR_SECONDS}; samesite=strict`;
  // Only where it was kept, or this would never end.
  if (document.cookie.includes(`${ZONE_COOKIE}=`)) location.reload();
}

// The age of what is less than an hour old.
function showAges() {
  for (const time of document.querySelectorAll("time[data-age]")) {
    time.dataset.said ??= time.textContent;
    const minutes = Math.floor((Date.now() - Date.parse(time.dateTime)) / 60_000);
    if (minutes < 0 || minutes >= 60) time.textContent = time.dataset.said;
    else time.textContent = minutes === 0 ? "just now" : `${minutes} min ago`;
  }
}

// Whether something newer fits the filters of this page.
function watchForNews() {
  const notice = document.querySelector(".fresh[data-newest]");
  if (!notice) return;
  if (new URLSearchParams(location.search).has("cursor")) return;
  let etag = null;
  const look = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(notice.dataset.feed, { headers: etag ? { "If-None-Match": etag } : {}, cache: "no-store" });
      if (answer.status !== 200) return;
      etag = answer.headers.get("ETag");
      const [newest] = (await answer.json()).items;
      notice.hidden = !newest || String(newest.id) === notice.dataset.newest;
    } catch {
      // The server is away for a moment: the next look will tell.
    }
  };
  setInterval(look, LOOK_EVERY_MS);
  document.addEventListener("visibilitychange", look);
}

// Keyboard.
const KEYS_OFF = "newscrawler-keys-off";

function keysAreOff() {
  try {
    return localStorage.getItem(KEYS_OFF) === "1";
  } catch {
    return false;
  }
}

function move(step) {
  const links = [...document.querySelectorAll("[data-line-link]")];
  if (!links.length) return;
  const here = document.activeElement?.closest("[data-line]");
  const at = here ? links.findIndex((link) => here.contains(link)) : -1;
  const next = links[at === -1 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + step))];
  next.focus();
  next.closest("[data-line]").scrollIntoView({ block: "nearest" });
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  s: () => document.activeElement?.closest("[data-line]")?.querySelector(".mark button")?.click(),
  "/": () => (document.querySelector("main input[type=search]") ?? document.getElementById("search"))?.focus(),
  "?": () => document.getElementById("keys")?.showModal(),
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, select, textarea, dialog[open]") || keysAreOff()) return;
  const act = KEYS[event.key];
  if (act && document.getElementById("keys")) {
    event.preventDefault();
    act();
  }
}

function offerKeys() {
  for (const each of document.querySelectorAll(".needs-script")) each.hidden = false;
  for (const button of document.querySelectorAll("[data-open]")) {
    button.addEventListener("click", () => document.getElementById(button.dataset.open).showModal());
  }
  const on = document.getElementById("keys-on");
  if (!on) return;
  on.checked = !keysAreOff();
  on.addEventListener("change", () => localStorage.setItem(KEYS_OFF, on.checked ? "0" : "1"));
}

// Marking does not leave the page.
function markInPlace() {
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest(".mark");
    if (!form) return;
    event.preventDefault();
    const button = form.querySelector("button");
    const seen = button.value === "true";
    const body = new URLSearchParams(new FormData(form));
    body.set("seen", String(seen));
    const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => null);
    if (answer?.type !== "opaqueredirect") {
      form.submit(); // The server says what is wrong.
      return;
    }
    button.value = String(!seen);
    button.setAttribute("aria-pressed", String(seen));
    button.firstChild.textContent = seen ? "Seen" : "Mark seen";
    form.closest("[data-line]").classList.toggle("seen", seen);
  });
}

nameZone();
showAges();
setInterval(showAges, 30_000);
watchForNews();
document.addEventListener("keydown", onKey);
offerKeys();
markInPlace();
