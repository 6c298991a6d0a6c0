/* Saves a worksheet while it is written: soon after the last key, on leaving a field or the page. What cannot be sent is
   kept on the device and sent later. The server decides everything; a save that comes too late is shown beside the other. */
"use strict";

class Autosave {
  static PAUSE = 2000; // after the last key, ms
  static LONGEST = 15000; // however long somebody types without a pause
  static RETRY = [5000, 15000, 30000, 60000];

  constructor(form, bar) {
    this.form = form;
    this.bar = bar;
    this.keep = new Keep(form.dataset.draftId, form.dataset.draftKey);
    this.page = form.elements.save_key.value;
    this.typed = this.saved = this.kept = this.failures = 0; // counts of changes: all, with the server, on the device
    this.ready = this.bringBack();
    if ("unsaved" in form.dataset) this.touch();
    form.addEventListener("input", () => this.touch());
    form.addEventListener("focusout", (event) => {
      if (!event.relatedTarget?.matches?.("[type=submit]")) this.soon(300);
    });
    form.addEventListener("submit", () => this.leave());
    document.addEventListener("visibilitychange", () => this.save());
    window.addEventListener("online", () => this.save());
    window.addEventListener("beforeunload", (event) => {
      if (!this.leaving && this.typed > Math.max(this.saved, this.kept)) event.preventDefault();
    });
  }

  touch() {
    this.typed += 1;
    this.since ??= Date.now();
    if (!this.bar.querySelector("[data-saved-words] a")) this.say("unsaved"); // a way out stays until it is no longer needed
    this.soon(Math.min(Autosave.PAUSE, Math.max(0, this.since + Autosave.LONGEST - Date.now())));
  }

  soon(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  /* The form as it would be sent, without files: those go with the form itself. */
  body() {
    const words = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) if (typeof value === "string") words.append(name, value);
    return words;
  }

  async save() {
    await this.ready;
    clearTimeout(this.timer);
    if (this.saving || this.leaving || this.typed === this.saved) return;
    this.saving = true;
    const now = this.typed;
    this.since = undefined;
    const body = this.body();
    if (await this.keep.put(this.page, this.record(body))) this.kept = now;
    const answer = await this.send(body);
    this.saving = false;
    await this.heard(answer, now);
  }

  record(body) {
    return { body: body.toString() };
  }

  async send(body) {
    const words = body.toString();
    try {
      return await fetch(this.form.dataset.draftUrl, {
        method: "POST",
        body: new URLSearchParams(words),
        headers: { Accept: "application/json", "X-Requested-With": "fetch" },
        redirect: "manual",
        keepalive: words.length < 60000,
      });
    } catch {
      return null;
    }
  }

  async heard(answer, now) {
    const word = await this.read(answer);
    if (word.revision !== undefined) {
      this.form.elements.revision.value = word.revision;
      await this.settled(now);
      this.say("saved", word);
    } else if (word.conflict) {
      await this.settled(now); // the server holds these words beside the others
      this.say("conflict", { url: word.conflict });
    } else if (word.refused) {
      this.say("refused");
    } else if (word.signin) {
      this.say(this.kept === now ? "signin" : "signedout", { url: this.form.dataset.loginUrl });
    } else {
      this.say(answer ? "trouble" : this.kept === now ? "offline" : "open");
      this.soon(Autosave.RETRY[Math.min(this.failures, Autosave.RETRY.length - 1)]);
      this.failures += 1;
    }
  }

  async settled(now) {
    this.saved = now;
    this.failures = 0;
    if (this.typed === now) await this.keep.remove(this.page);
    else this.soon(Autosave.PAUSE);
  }

  /* What the server said: the new revision, a conflict's address, that one must sign in, or nothing that helps. */
  async read(answer) {
    if (!answer) return {};
    const inWords = answer.headers.get("Content-Type")?.includes("json");
    const json = inWords ? await answer.json().catch(() => ({})) : {};
    // A page from before the last sign-in is refused with the new token, or in HTML. The token is left alone: it may be somebody
    // else's who signed in meanwhile. Any other refusal is about the person, and stays.
    const outdated = answer.status === 403 && (!inWords || "csrf_token" in json);
    if (answer.type === "opaqueredirect" || answer.status === 401 || outdated) return { signin: true };
    if (answer.status === 403) return { refused: true };
    if (answer.status === 409) return { conflict: json.conflict_url };
    return answer.ok ? json : {};
  }

  /* The form itself is on its way; should it not arrive, the device still has it. The page that comes forgets it (page.js). */
  leave() {
    this.leaving = true;
    clearTimeout(this.timer);
    if (this.typed > this.saved) this.keep.put(this.page, this.record(this.body()));
    setTimeout(() => (this.leaving = false), 4000);
  }

  /* Send what earlier pages could not. What arrives brings the page up to date; what comes too late is shown beside it. */
  async bringBack() {
    const token = this.form.elements.csrfmiddlewaretoken?.value ?? "";
    let fresh = false;
    for (const [page, record] of await this.keep.all()) {
      const body = new URLSearchParams(record.body);
      body.set("csrfmiddlewaretoken", token);
      if (this.same(body)) {
        await this.keep.remove(page);
        continue;
      }
      this.say("restoring");
      const word = await this.read(await this.send(body));
      if (word.revision === undefined && !word.conflict) return this.say("offline");
      await this.keep.remove(page);
      fresh ||= word.revision !== undefined;
      if (word.conflict) return this.say("conflict", { url: word.conflict });
    }
    if (fresh) {
      this.leaving = true;
      location.replace(location.pathname + location.search); // not reload: that may send a form again
    }
  }

  same(body) {
    const plain = (words) => {
      const copy = new URLSearchParams(words);
      for (const name of ["csrfmiddlewaretoken", "revision", "save_key"]) copy.delete(name);
      return copy.toString();
    };
    return plain(body) === plain(this.body());
  }

  /* Tell how things stand. Saved and signed-out states come with words from the server or a link. */
  say(state, word = {}) {
    const line = this.bar.querySelector("[data-state]");
    const words = line.querySelector("[data-saved-words]");
    const colour = { saved: "good", offline: "due", trouble: "due", open: "late", conflict: "late", refused: "late", signin: "late", signedout: "late" }[state];
    line.className = `saved-state ${colour ?? ""}`;
    words.textContent = state === "saved" ? word.saved_label : this.text("text", state);
    if (word.url) {
      const link = document.createElement("a");
      Object.assign(link, { href: word.url, textContent: this.text("link", state) });
      words.append(" ", link);
    }
    if (state === "saved" && word.total !== undefined) {
      const told = this.bar.dataset.textAnswered.replace("{answered}", word.answered).replace("{asked}", word.total);
      line.querySelector("[data-answered]").textContent = told;
    }
  }

  text(kind, state) {
    return this.bar.dataset[kind + state[0].toUpperCase() + state.slice(1)] ?? "";
  }
}
