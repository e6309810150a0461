// Saves what somebody is writing as they type. Adds comfort only: the Save button does the same without it.
const PAUSE = 1500; // milliseconds without a keystroke before it is saved
const AGAIN = 15000; // milliseconds before a save that failed is tried again
const form = document.querySelector("form[data-draft]");
const line = form.querySelector("[data-saved]");
let waiting = 0;
let saving = false;
let changed = false;
let stopped = false;
let signedOut = false;

const read = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");
const say = (words) => {
  line.textContent = words;
};
const later = (pause) => {
  clearTimeout(waiting);
  waiting = setTimeout(save, pause);
};

function send(how = {}) {
  const answers = new URLSearchParams(new FormData(form));
  answers.set("do", "keep");
  return fetch(form.action, { method: "POST", body: answers, ...how });
}

// After signing in again, in another window, this page's token may be an old one: a new page has the new one.
async function freshToken() {
  const page = await read(await fetch(location.href));
  const token = page.querySelector("form[data-draft] [name=_csrf_token]");
  if (token) {
    form.elements._csrf_token.value = token.value;
  }
  return Boolean(token);
}

async function tell(answer) {
  const kept = (await read(answer)).querySelector("[data-version]");
  if (kept) {
    form.elements.version.value = kept.dataset.version;
    say(kept.textContent);
  } else if (answer.status === 409) {
    stopped = true;
    say("This was changed in another window. Press Save for later to see both; nothing is lost.");
  } else if (answer.status === 400) {
    say("Not saved yet: this is longer than can be kept.");
  } else {
    changed = true;
    signedOut = true;
    say("Not saved: you are signed out. Sign in in another window; what you typed stays here and is saved then.");
  }
}

async function save() {
  if (saving || stopped) {
    return;
  }
  saving = true;
  changed = false;
  signedOut = false;
  let pause = PAUSE;
  try {
    let answer = await send();
    if (answer.status === 403 && (await freshToken())) {
      answer = await send();
    }
    await tell(answer);
  } catch {
    changed = true;
    pause = AGAIN;
    say("Not saved: there is no connection. It is tried again.");
  } finally {
    saving = false;
    if (changed) {
      later(signedOut ? AGAIN : pause);
    } else {
      delete line.dataset.pending;
    }
  }
}

form.addEventListener("input", () => {
  changed = true;
  line.dataset.pending = "";
  if (!stopped && !saving) {
    later(PAUSE);
  }
});
// Whoever leaves in the middle of a word finds it again.
window.addEventListener("pagehide", () => {
  if (changed && !saving && !stopped) {
    send({ keepalive: true });
  }
});
// A button of the form saves by itself, over the version that what is under way will have made.
form.addEventListener("submit", (event) => {
  stopped = true;
  clearTimeout(waiting);
  if (saving) {
    event.preventDefault();
    const wait = setInterval(() => {
      if (!saving) {
        clearInterval(wait);
        form.requestSubmit(event.submitter);
      }
    }, 50);
  }
});
