/* A courtesy for those with JavaScript: an open menu closes on Escape and when one clicks elsewhere. And after a worksheet has
   arrived, what the device kept of it (templates_app/keep.js) is forgotten: the server says in a cookie which page it was. */
"use strict";

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
document.addEventListener("keydown", (event) => {
  const open = document.querySelector("details.menu[open]");
  if (event.key !== "Escape" || !open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

function forgetWhatArrived() {
  const page = document.cookie.match(/(?:^|; )arrived=([0-9a-f]+)/)?.[1];
  if (!page || !window.indexedDB) return;
  document.cookie = "arrived=; Max-Age=0; Path=/; SameSite=Lax";
  const request = indexedDB.open("worksheets", 1);
  request.onupgradeneeded = () => request.transaction.abort(); // nothing was ever kept here
  request.onsuccess = () => {
    const drafts = request.result.transaction("drafts", "readwrite").objectStore("drafts");
    drafts.getAllKeys().onsuccess = ({ target }) => {
      for (const name of target.result) if (name.endsWith(`:${page}`)) drafts.delete(name);
    };
    drafts.transaction.oncomplete = () => request.result.close();
  };
}

forgetWhatArrived();
