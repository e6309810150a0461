// Shows how far long work has come without loading the page anew. Adds comfort only: the link to look again does the same.
const PAUSE = 2000; // milliseconds between two looks

async function look() {
  if (!document.hidden) {
    try {
      const answer = await fetch(location.href);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (answer.ok && !show(page)) {
        location.reload(); // it is over, or somebody is signed out
        return;
      }
    } catch {
      // There is no connection: the next look may find one.
    }
  }
  setTimeout(look, PAUSE);
}

// Changes only what says something else than before, so that nothing is read out twice.
function show(page) {
  const parts = document.querySelectorAll("[data-progress]");
  const fresh = [...page.querySelectorAll("[data-progress]")];
  if (fresh.length !== parts.length) {
    return false;
  }
  parts.forEach((part, place) => {
    if (part.innerHTML !== fresh[place].innerHTML) {
      part.innerHTML = fresh[place].innerHTML;
    }
  });
  return true;
}

setTimeout(look, PAUSE);
