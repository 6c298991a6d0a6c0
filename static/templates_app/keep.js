/* Keeps drafts on this device until the server has them: in IndexedDB, encrypted with a key that only the page delivers.
   One record per page that was opened, so that no page ever writes over what another kept. Signing out clears every page, and
   with it the key, from the device; what was not sent stays sealed until the same person signs in again. */
"use strict";

class Keep {
  constructor(id, key) {
    this.id = id;
    this.available = Boolean(id && key && window.indexedDB && window.crypto?.subtle);
    if (this.available) {
      const bytes = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0));
      this.key = crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
    }
  }

  /* Put a record in the place of the one of the same page. True once it is kept. */
  async put(page, record) {
    if (!this.available) return false;
    try {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const words = new TextEncoder().encode(JSON.stringify(record));
      const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await this.key, words);
      await this.#run("readwrite", (store) => store.put({ iv, data, at: Date.now() }, `${this.id}:${page}`));
      return true;
    } catch {
      return false;
    }
  }

  async remove(page) {
    if (this.available) await this.#run("readwrite", (store) => store.delete(`${this.id}:${page}`)).catch(() => {});
  }

  /* What pages of this response kept, oldest first, as [page, record]. What cannot be read is left alone. */
  async all() {
    if (!this.available) return [];
    const range = IDBKeyRange.bound(`${this.id}:`, `${this.id}:\uffff`);
    const found = [];
    try {
      const names = await this.#run("readonly", (store) => store.getAllKeys(range));
      const sealed = await this.#run("readonly", (store) => store.getAll(range));
      for (const [place, { iv, data, at }] of sealed.entries()) {
        const open = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await this.key, data).catch(() => null);
        if (open) found.push([names[place].slice(this.id.length + 1), JSON.parse(new TextDecoder().decode(open)), at]);
      }
    } catch {
      return [];
    }
    return found.sort((one, other) => one[2] - other[2]);
  }

  async #run(mode, work) {
    const database = await new Promise((resolve, reject) => {
      const request = indexedDB.open("worksheets", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("drafts");
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    try {
      return await new Promise((resolve, reject) => {
        const transaction = database.transaction("drafts", mode);
        const request = work(transaction.objectStore("drafts"));
        transaction.oncomplete = () => resolve(request.result);
        transaction.onabort = transaction.onerror = () => reject(transaction.error);
      });
    } finally {
      database.close();
    }
  }
}
