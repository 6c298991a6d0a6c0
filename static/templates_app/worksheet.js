/* What a worksheet's page can do quicker than the server: show and hide questions, add and take out rows. The server decides
   all of it again on every save; without this file the same buttons do the same by loading the page. */
"use strict";

/* The values a question holds now, hidden ones none: what a condition compares with. */
function held(form, name) {
  const values = [];
  for (const control of form.elements) {
    const own = control.name === name || control.name.startsWith(`${name}-`);
    if (!own || control.type === "hidden" || control.closest("[hidden]")) continue;
    if ("takesOut" in control.dataset) {
      if (!control.checked) values.push("kept"); // a file that is kept answers the question until it is taken out
    } else if (control.type === "checkbox" || control.type === "radio") {
      if (!control.checked) continue;
      const tick = control.name.endsWith("-done") ? control.name.slice(name.length + 1, -"-done".length) : null;
      values.push(tick ?? control.value);
    } else if (control.value?.trim()) {
      values.push(control.value);
    }
  }
  return values;
}

function meets(form, { showIf, showIn, showFilled }) {
  const values = held(form, showIf);
  if (showFilled && (showFilled === "yes") !== values.length > 0) return false;
  return !showIn || JSON.parse(showIn).some((wanted) => values.includes(wanted));
}

/* In the order of the page, and again while something changes: a question may hang on one that hangs on another. */
function showAndHide(form) {
  for (let turn = 0, changed = true; changed && turn < 6; turn += 1) {
    changed = false;
    for (const question of form.querySelectorAll("[data-show-if]")) {
      const hide = !("stays" in question.dataset) && !meets(form, question.dataset);
      changed ||= hide !== question.hidden;
      question.hidden = hide;
    }
  }
  for (const section of form.querySelectorAll("[data-section]")) {
    section.hidden = !section.querySelector(":scope > .field:not([hidden])");
  }
}

function entries(rows) {
  return [...rows.querySelectorAll(":scope > [data-entry]")];
}

function renumber(rows) {
  entries(rows).forEach((entry, place) => {
    const numbers = ":scope > legend [data-number], :scope > .cells > [data-remove] [data-number]";
    for (const number of entry.querySelectorAll(numbers)) number.textContent = place + 1;
  });
}

function newId() {
  return [...crypto.getRandomValues(new Uint8Array(4))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/* Copy the blank row under the next free number. False when there is no room, so that the server says so. */
function addRow(rows) {
  const template = rows.querySelector(":scope > template");
  const real = entries(rows).filter((entry) => !entry.classList.contains("example"));
  if (!template || real.length >= Number(rows.dataset.most)) return false;
  const used = entries(rows).map((entry) => Number(entry.id.split("-").pop()) + 1);
  const number = Math.max(0, Number(rows.dataset.next ?? 0), ...used);
  rows.dataset.next = number + 1;
  template.insertAdjacentHTML("beforebegin", template.innerHTML.replaceAll(rows.dataset.blank, number));
  const entry = entries(rows).at(-1);
  for (const field of entry.querySelectorAll("[data-row-id]")) field.value ||= newId();
  renumber(rows);
  entry.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  return true;
}

/* An example that somebody changes is an answer of theirs from then on. */
function takeAsOwn(entry) {
  entry.classList.remove("example");
  for (const mark of entry.querySelectorAll("[data-example]")) mark.remove();
}

/* Take a row out, and say so with a way back. */
function removeRow(entry, bar, changed) {
  const rows = entry.parentElement;
  const after = entry.nextElementSibling;
  entry.remove();
  (entries(rows).find((other) => other === after) ?? rows.closest("fieldset").querySelector("[data-add]")).focus();
  renumber(rows);
  changed();
  const undo = document.createElement("button");
  Object.assign(undo, { type: "button", className: "button link", textContent: bar.dataset.linkRemoved });
  undo.addEventListener("click", () => {
    (after.isConnected ? after : rows.querySelector(":scope > template")).before(entry);
    renumber(rows);
    changed();
    entry.focus();
    undo.parentElement.remove();
  });
  const line = document.createElement("p");
  line.className = "removed";
  line.setAttribute("role", "status");
  line.append(`${bar.dataset.textRemoved} `, undo);
  bar.querySelector(".removed")?.remove();
  bar.prepend(line);
}

/* A mark on a line beside the box for a number. The box stays: it is what is sent, and may be left blank. */
function addLine(box) {
  const { lineLeast, lineMost, lineStep, lineMark } = box.dataset;
  const line = document.createElement("input");
  Object.assign(line, { type: "range", min: lineLeast, max: lineMost, step: lineStep, className: "line" });
  const read = () => Number(box.value.replace(lineMark, "."));
  const follow = () => {
    if (box.value.trim() && Number.isFinite(read())) line.value = read();
  };
  line.setAttribute("aria-labelledby", `${box.id}-line`);
  const label = box.closest(".field").querySelector("label");
  label.id = `${box.id}-line`;
  follow();
  line.addEventListener("input", () => {
    box.value = line.value.replace(".", lineMark);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
  box.addEventListener("input", follow);
  box.before(line);
}

for (const box of document.querySelectorAll("form.worksheet [data-line-least]")) addLine(box);

for (const form of document.querySelectorAll("form.worksheet")) {
  const bar = form.querySelector("[data-bar]");
  const autosave = form.dataset.draftUrl ? new Autosave(form, bar) : null;
  const changed = () => {
    showAndHide(form);
    autosave?.touch();
  };
  showAndHide(form);
  form.addEventListener("input", (event) => {
    const example = event.target.closest("[data-entry].example");
    if (example) takeAsOwn(example);
    showAndHide(form);
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add], [data-remove]");
    if (!button) return;
    if ("remove" in button.dataset) {
      event.preventDefault();
      removeRow(button.closest("[data-entry]"), bar, changed);
    } else if (addRow(button.closest("fieldset").querySelector(":scope > [data-rows]"))) {
      event.preventDefault();
      showAndHide(form);
    }
  });
}
