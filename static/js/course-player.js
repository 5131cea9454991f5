// Studying on a phone: progress kept on the device, answers kept while they are typed, everything sent when there is
// network, once. Without this script the same pages are plain links and forms.
import { CourseStore } from "./course-store.js";

const words = document.getElementById("loi-nhan")?.dataset ?? {};
const place = document.querySelector("[data-member]");
const member = place?.dataset.member ?? "";
const store = new CourseStore(member);
const PATIENCE = 8000;
const LATER = "dao-tao-nhan";

startWorker();
sayWhatWasKept();
if (place?.dataset.course) showProgress(place.dataset.course);
if (place?.dataset.lessonDone) finished(place.dataset.course, Number(place.dataset.lessonDone));
for (const form of document.querySelectorAll("form[data-attempt]")) keepAnswers(form);
for (const element of document.querySelectorAll("[data-finish]")) watchFinish(element);
if (words.sync) {
  addEventListener("online", sendAndOpen);
  sendAndOpen();
}

// The worker of the browser ------------------------------------------------------------------------------------------

async function startWorker() {
  if (!("serviceWorker" in navigator) || !words.worker) return;
  try {
    await navigator.serviceWorker.register(words.worker, { scope: "/dao-tao/" });
    const { active } = await navigator.serviceWorker.ready;
    if (store.isNewOwner) active.postMessage("forget");
    if (!navigator.serviceWorker.controller) active.postMessage({ keep: location.href.split("#")[0] });
  } catch {
    // Private windows and old browsers study with network.
  }
}

// Progress -----------------------------------------------------------------------------------------------------------

function showProgress(course) {
  const lessons = [...document.querySelectorAll(".outline__lesson")];
  if (!lessons.length) return;
  const done = store.done(course);
  for (const lesson of lessons) {
    if (done.has(Number(lesson.dataset.lesson))) lesson.classList.add("done");
  }
  const count = lessons.filter((lesson) => lesson.classList.contains("done")).length;
  const upcoming = lessons.find((lesson) => !lesson.classList.contains("done"));
  for (const lesson of lessons) lesson.classList.toggle("next", lesson === upcoming && count > 0);
  const box = document.querySelector("[data-progress]");
  if (!box || !count) return;
  box.hidden = false;
  box.querySelector("progress").value = count;
  const text = box.querySelector("[data-count]");
  text.textContent = text.dataset.words.replace("{done}", count);
  const button = document.querySelector("[data-go-on]");
  if (!button || !upcoming) return;
  button.href = upcoming.querySelector("a").href;
  button.firstChild.textContent = button.dataset.words.replace("{number}", lessons.indexOf(upcoming) + 1);
}

function finished(course, lesson) {
  store.addDone(course, lesson);
}

function watchFinish(element) {
  const { course, lesson } = place.dataset;
  let seconds = 0;
  setInterval(() => (seconds += document.visibilityState === "visible" ? 5 : 0), 5000);
  if (element.tagName === "A") {
    element.addEventListener("click", () => finished(course, Number(lesson)));
    return;
  }
  element.addEventListener("submit", async (event) => {
    event.preventDefault();
    element.querySelector("button").disabled = true;
    store.enqueue({ kind: "done", lesson: Number(lesson), seconds });
    finished(course, Number(lesson));
    const results = await send();
    if (results && Object.values(results).some((result) => result.state === "refused")) {
      element.querySelector("button").disabled = false;
      return;
    }
    if (!results) announceLater(words.kept, words.keptText);
    location.assign(element.dataset.next);
  });
}

// Answers ------------------------------------------------------------------------------------------------------------

function keepAnswers(form) {
  const code = form.dataset.attempt;
  restore(form, store.draft(code).answers ?? {});
  const unanswered = form.querySelector("[data-unanswered]");
  const note = () => {
    store.keepDraft(code, { answers: answersOf(form) });
    const numbers = missing(form);
    unanswered.textContent = numbers.length && numbers.length < form.querySelectorAll(".question").length
      ? unanswered.dataset.words.replace("{numbers}", numbers.join(", "))
      : "";
  };
  form.addEventListener("input", note);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    handIn(form, code);
  });
  const timer = document.querySelector("[data-seconds-left]");
  if (timer) count(timer, form, code);
  if (store.isWaiting(code)) lock(form);
}

async function handIn(form, code) {
  lock(form);
  store.enqueue({ id: `bai-lam-${code}`, kind: "answers", attempt: code, answers: answersOf(form) });
  const results = await send({ quietly: true });
  const result = results?.[`bai-lam-${code}`];
  if (result?.url) {
    location.replace(result.url);
  } else if (!results) {
    announce(words.kept, words.keptText);
  }
}

function lock(form) {
  form.querySelector("[type=submit]").disabled = true;
  for (const field of form.querySelectorAll("fieldset")) field.disabled = true;
}

function answersOf(form) {
  const disabled = [...form.querySelectorAll("fieldset:disabled")];
  for (const field of disabled) field.disabled = false;
  const answers = {};
  for (const [name, value] of new FormData(form)) {
    if (!name.startsWith("cau-")) continue;
    answers[name] = name in answers ? [answers[name], value].flat() : value;
  }
  for (const field of disabled) field.disabled = true;
  return answers;
}

function restore(form, answers) {
  for (const [name, values] of Object.entries(answers)) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = [values].flat().includes(field.value);
      else field.value = values;
    }
  }
}

function missing(form) {
  const open = [...form.querySelectorAll(".question")].filter((question) => {
    const fields = [...question.querySelectorAll("input, select")];
    const choice = fields.filter((field) => field.type === "radio" || field.type === "checkbox");
    return choice.length ? !choice.some((field) => field.checked) : fields.some((field) => !field.value.trim());
  });
  return open.map((question) => question.dataset.question);
}

// Shown only: the portal's own clock decides. A page from the browser's store was drawn some time ago.
function count(timer, form, code) {
  const due = store.draft(code).due ?? Date.now() + 1000 * Number(timer.dataset.secondsLeft);
  store.keepDraft(code, { due });
  const tick = () => {
    const left = Math.max(0, Math.round((due - Date.now()) / 1000));
    const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    timer.textContent = timer.dataset.words.replace("{time}", time);
    timer.classList.toggle("short", left <= 60);
    if (left > 0) return;
    clearInterval(clock);
    if (!store.isWaiting(code)) handIn(form, code);
  };
  const clock = setInterval(tick, 1000);
  tick();
}

// Sending ------------------------------------------------------------------------------------------------------------

// What was done without network may open the lesson that this page keeps shut.
async function sendAndOpen() {
  const results = await send();
  const arrived = Object.values(results ?? {}).some((result) => result.state === "done");
  if (arrived && document.querySelector("[data-gate]")) location.reload();
}

// Gives what the portal answered, by id; null when it could not be reached.
async function send({ quietly = false } = {}) {
  const once = () => sendWaiting(quietly);
  return navigator.locks ? navigator.locks.request("dao-tao-gui", once) : once();
}

async function sendWaiting(quietly) {
  const waiting = store.waiting();
  if (!waiting.length) return {};
  let answer;
  try {
    const greeting = await ask(words.sync);
    if (greeting.member !== member) {
      if (!quietly) announce(words.other, words.otherText, { bad: true });
      return null;
    }
    const body = JSON.stringify({ member, items: waiting });
    answer = await ask(words.sync, { method: "POST", body, headers: { "X-CSRFToken": greeting.token } });
  } catch {
    return null;
  }
  for (const [id, result] of Object.entries(answer.results ?? {})) {
    store.settle(id);
    if (result.state === "refused") announce(words.refused, result.message, { bad: true, url: result.url });
    else if (!quietly && id.startsWith("bai-lam-")) announce(words.sent, words.sentText, { url: result.url, link: words.result });
  }
  return answer.results ?? {};
}

async function ask(url, options = {}) {
  const response = await fetch(url, { ...options, signal: AbortSignal.timeout(PATIENCE), cache: "no-store" });
  if (!response.ok) throw new Error(response.status);
  return response.json();
}

// Messages -----------------------------------------------------------------------------------------------------------

// Short ones at the foot of the screen; what went wrong stays until it is closed.
function announce(title, text, { bad = false, url = "", link = "" } = {}) {
  let box = document.querySelector(".toasts");
  if (!box) {
    box = Object.assign(document.createElement("div"), { className: "toasts", role: "status" });
    document.body.append(box);
  }
  const note = Object.assign(document.createElement("div"), { className: bad ? "toast bad" : "toast" });
  const body = document.createElement("div");
  body.append(Object.assign(document.createElement("b"), { textContent: title }), text ?? "");
  if (url) {
    const way = Object.assign(document.createElement("a"), { href: url, textContent: link || url, className: "toast__link" });
    body.append(way);
  }
  const close = Object.assign(document.createElement("button"), { type: "button", className: "toast__close", textContent: "×" });
  close.setAttribute("aria-label", words.close ?? "");
  close.addEventListener("click", () => note.remove());
  note.append(body, close);
  box.append(note);
  if (!bad && !url) setTimeout(() => note.remove(), 8000);
}

// Said on the next page: this one is being left.
function announceLater(title, text) {
  try {
    sessionStorage.setItem(LATER, JSON.stringify([title, text]));
  } catch {
    announce(title, text);
  }
}

function sayWhatWasKept() {
  try {
    const said = JSON.parse(sessionStorage.getItem(LATER) ?? "null");
    if (said) {
      sessionStorage.removeItem(LATER);
      announce(...said);
    }
  } catch {
    // Nothing was kept.
  }
}
