/* A timer that somebody may start and switch off. It never stops anybody from writing: when the time is over it says so. */
"use strict";

function clockWords(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

for (const timer of document.querySelectorAll("[data-timer]")) {
  const find = (name) => timer.querySelector(`[data-timer-${name}]`);
  const [button, words, left, said] = ["button", "words", "left", "said"].map(find);
  let ticking = null;
  const off = () => {
    clearInterval(ticking);
    ticking = null;
    left.textContent = "";
    words.textContent = timer.dataset.start;
  };
  const show = (ends) => {
    const seconds = Math.max(0, Math.round((ends - Date.now()) / 1000));
    if (seconds) {
      left.textContent = timer.dataset.left.replace("{minutes}", clockWords(seconds));
      return;
    }
    off();
    left.textContent = timer.dataset.over;
    said.textContent = timer.dataset.over;
  };
  button.addEventListener("click", () => {
    if (ticking) {
      off();
      return;
    }
    const ends = Date.now() + Number(timer.dataset.timer) * 60000;
    said.textContent = "";
    words.textContent = timer.dataset.stop;
    ticking = setInterval(() => show(ends), 1000);
    show(ends);
  });
  timer.hidden = false;
}
