// An editor's own button never runs beside the admin's saving by itself: two of them at once would each create the new
// page, or meet in one address. What has not left yet is dropped, as the button brings the same text; what is on its
// way is waited for, and the button then speaks to the page that it made.

const PATIENCE = 15_000; // ms: a button must not hang on a network that never answers

let pending = null; // the event of a saving that has not been answered
let held = null; // the button's submission, waiting for it
let leaving = false;

document.addEventListener("w-autosave:save", (event) => {
  if (held || leaving) {
    event.preventDefault();
    return;
  }
  const { formData } = event.detail;
  pending = { event, isSent: false };
  const own = pending;
  // The admin waits a while between its event and the request, and reads the form's data when it sends them.
  Object.defineProperty(event.detail, "formData", {
    get() {
      own.isSent = !event.defaultPrevented;
      return formData;
    },
  });
});

function goOn() {
  pending = null;
  if (!held) {
    return;
  }
  const { form, submitter, timer } = held;
  clearTimeout(timer);
  // Behind the admin's own listeners, which take the new page's address from the same answer.
  setTimeout(() => {
    held = null;
    leaving = true;
    submitter?.removeAttribute("disabled"); // it shows that it works; disabled, it would not be part of the form
    form.requestSubmit(submitter);
  });
}

document.addEventListener("w-autosave:success", goOn);
document.addEventListener("w-autosave:error", goOn);

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!form.matches("[data-controller~='w-autosave']")) {
      return;
    }
    if (held) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if (pending?.isSent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      held = { form, submitter: event.submitter, timer: setTimeout(goOn, PATIENCE) };
      return;
    }
    pending?.event.preventDefault();
    pending = null;
    leaving = true;
    setTimeout(() => {
      leaving = !event.defaultPrevented;
    });
  },
  true,
);
