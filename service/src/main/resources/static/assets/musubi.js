/*
 * Small helps for those whose browser runs scripts. Every page works without this file:
 * the server answers a form once however often it is sent, and prints what is copied here.
 */
"use strict";

// A form goes once: the second press would only make a person wait twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent === "yes") {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  const button = event.submitter;
  if (button) {
    button.setAttribute("aria-disabled", "true");
  }
});

// Coming back by the browser's own button shows the form as it was: let it be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[type=submit][aria-disabled]")) {
      button.removeAttribute("aria-disabled");
    }
  }
});

// Copies what stands in the element that data-copy names, and says so in the button's own words.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) {
    return;
  }
  const source = document.getElementById(button.dataset.copy);
  await navigator.clipboard.writeText(source.textContent.replace(/\s+/g, ""));
  button.textContent = button.dataset.copied;
});
for (const button of document.querySelectorAll("[data-copy][hidden]")) {
  button.hidden = !navigator.clipboard;
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Says the chosen file's name where a screen reader hears it, and takes a file that is dropped.
for (const upload of document.querySelectorAll(".dads-file-upload")) {
  const input = upload.querySelector("input[type=file]");
  const name = upload.querySelector(".dads-file-upload__name");
  const say = () => {
    name.textContent = Array.from(input.files, (file) => file.name).join("、");
  };
  input.addEventListener("change", say);
  upload.addEventListener("dragover", (event) => {
    event.preventDefault();
    upload.dataset.over = "yes";
  });
  upload.addEventListener("dragleave", () => delete upload.dataset.over);
  upload.addEventListener("drop", (event) => {
    event.preventDefault();
    delete upload.dataset.over;
    if (event.dataTransfer.files.length > 0) {
      input.files = event.dataTransfer.files;
      say();
    }
  });
}

// Many files go one after the other, each in a request of its own with its own key, so that none is too much and a
// broken connection costs one of them. Without script the form sends all at once.
const sendOne = (form, file, number, said) =>
  new Promise((resolve) => {
    const data = new FormData(form);
    data.delete("files");
    data.set("idempotencyKey", form.elements.idempotencyKey.value + "-" + number);
    data.set("files", file);
    const request = new XMLHttpRequest();
    request.open("POST", form.dataset.uploads);
    request.upload.addEventListener("progress", (event) => said(event.loaded / event.total));
    request.addEventListener("loadend", () => resolve(request));
    request.send(data);
  });

for (const form of document.querySelectorAll("form[data-uploads]")) {
  const state = form.querySelector("[data-uploads-state]");
  const bar = state.querySelector("progress");
  const words = state.querySelector("span");
  const refused = state.querySelector("ul");
  let next = 0;
  const filled = (text, ...values) => text.replace(/\{(\d)\}/g, (_, gap) => values[gap]);
  form.addEventListener("submit", async (event) => {
    const files = Array.from(form.elements.files.files);
    if (form.dataset.sending) {
      event.preventDefault();
      return;
    }
    if (files.length === 0) {
      return;
    }
    event.preventDefault();
    form.dataset.sending = "yes";
    state.hidden = false;
    refused.replaceChildren();
    const note = (name, why) => {
      const line = document.createElement("li");
      line.textContent = name + ": " + why;
      refused.append(line);
    };
    let taken = 0;
    for (const [at, file] of files.entries()) {
      const said = (part) => {
        bar.value = ((at + part) / files.length) * 100;
        words.textContent = filled(
          form.dataset.uploadsProgress, files.length, at + 1, Math.floor(part * 100));
      };
      said(0);
      const number = next++;
      let answer = await sendOne(form, file, number, said);
      for (let again = 0; answer.status === 0 && again < 3; again++) {
        await new Promise((resolve) => setTimeout(resolve, 2000));
        answer = await sendOne(form, file, number, said);
      }
      if (answer.status === 204) {
        taken++;
      } else if (answer.status === 422) {
        note(file.name, answer.responseText);
      } else if (answer.status === 413) {
        note(file.name, form.dataset.uploadsLarge);
      } else {
        note(file.name, form.dataset.uploadsAgain);
        break;
      }
    }
    bar.value = 100;
    words.textContent = filled(form.dataset.uploadsDone, taken);
    if (refused.childElementCount === 0) {
      location.assign(form.action);
      return;
    }
    delete form.dataset.sending;
    delete form.dataset.sent;
    form.querySelector("button[aria-disabled]")?.removeAttribute("aria-disabled");
  });
}

// A page that waits for work elsewhere asks the server now and then; the noscript refresh is the same without script.
for (const waiting of document.querySelectorAll("[data-refresh-seconds]")) {
  const seconds = Number(waiting.dataset.refreshSeconds);
  setTimeout(() => location.reload(), Math.max(seconds, 3) * 1000);
}

// A button that sleeps until its page was read to the end wakes here; without script it is awake and the server judges.
for (const bar of document.querySelectorAll("[data-wakes-at]")) {
  const end = document.getElementById(bar.dataset.wakesAt);
  const button = bar.querySelector("[type=submit]");
  const reason = bar.querySelector("[data-sleep-reason]");
  if (!end || !button) {
    continue;
  }
  const stay = (event) => event.preventDefault();
  button.setAttribute("aria-disabled", "true");
  button.addEventListener("click", stay);
  if (reason) {
    reason.hidden = false;
  }
  new IntersectionObserver((entries, observer) => {
    if (entries.some((entry) => entry.isIntersecting)) {
      observer.disconnect();
      button.removeAttribute("aria-disabled");
      button.removeEventListener("click", stay);
      if (reason) {
        reason.hidden = true;
      }
    }
  }).observe(end);
}

// Passkeys: the page holds what the server asks, the device answers, the form carries the answer back.
const withPasskey = async (form) => {
  // What the form lacks is said before the device asks for a finger in vain.
  if (!form.reportValidity()) {
    return;
  }
  const make = form.dataset.passkeyCreate;
  const asked = JSON.parse(make ?? form.dataset.passkeyGet);
  try {
    const credential = make
      ? await navigator.credentials.create({
          publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked),
        })
      : await navigator.credentials.get({
          publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked),
        });
    form.elements.credential.value = JSON.stringify(credential);
    form.requestSubmit();
  } catch (refused) {
    // Cancelled, or nothing fitting on this device: the button stays for another try.
    form.querySelector("[data-passkey-again]").focus();
  }
};

for (const form of document.querySelectorAll("[data-passkey-create], [data-passkey-get]")) {
  const button = form.querySelector("[data-passkey-again]");
  if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) {
    form.querySelector("[data-passkey-missing]").hidden = false;
    button.disabled = true;
    continue;
  }
  button.addEventListener("click", () => withPasskey(form));
  if (form.dataset.passkeyGet && !form.dataset.passkeyWaits) {
    withPasskey(form);
  }
}

// The end of the session: said a few minutes before, and moved by one press (WCAG 2.2.1). Without script the same
// line and button stand above the footer, and the server keeps the time in any case.
for (const form of document.querySelectorAll("[data-session-seconds]")) {
  const words = form.querySelector("p");
  const said = words.textContent;
  const button = form.querySelector("button");
  let timers = [];
  let ended = false;
  const over = () => {
    ended = true;
    words.textContent = form.dataset.sessionOver;
    button?.remove();
  };
  const wait = (seconds) => {
    timers.forEach(clearTimeout);
    form.hidden = true;
    delete form.dataset.warns;
    const warn = () => {
      form.dataset.warns = "yes";
      form.hidden = false;
      // Set anew so that a screen reader says it now; not over the end, which comes at once after a device slept.
      words.textContent = "";
      requestAnimationFrame(() => {
        if (!ended) {
          words.textContent = said;
        }
      });
    };
    timers = [
      setTimeout(warn, Math.max(seconds - Number(form.dataset.sessionWarning), 0) * 1000),
      setTimeout(over, seconds * 1000),
    ];
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { Accept: "application/json" },
      });
      if (answer.ok && !answer.redirected) {
        wait((await answer.json()).seconds);
      } else {
        over();
      }
    } catch {
      // No network just now: the button stays for another try.
    }
  });
  wait(Number(form.dataset.sessionSeconds));
}

// On the way to the body's identity provider and back: goes on by itself; without script one presses the button.
const onwards = document.querySelector("a[data-go]");
if (onwards) {
  location.replace(onwards.href);
}
const sendOn = document.querySelector("form[data-send-on]");
if (sendOn) {
  sendOn.requestSubmit();
}

// Digests a chosen file here: the form sends the digest, and the file stays where it is. The input has no name
// from the beginning, so that the file cannot go along, whatever happens to the computing.
for (const digest of document.querySelectorAll("[data-digest-of]")) {
  const input = document.getElementById(digest.dataset.digestOf);
  const form = input.form;
  const status = document.getElementById(digest.dataset.digestStatus);
  const words = status.querySelector("[role=status]");
  const bar = status.querySelector("progress");
  let worker = null;
  let pressed = null;
  input.removeAttribute("name");
  const say = (text) => {
    status.hidden = !text;
    words.textContent = text;
    bar.hidden = text !== status.dataset.computing;
  };
  const end = () => {
    worker?.terminate();
    worker = null;
  };
  const fail = () => {
    end();
    pressed = null;
    say(status.dataset.failed);
  };
  input.addEventListener("change", () => {
    end();
    digest.value = "";
    pressed = null;
    say("");
    const file = input.files[0];
    if (!file) {
      return;
    }
    bar.value = 0;
    say(status.dataset.computing);
    worker = new Worker("/assets/digest.js", { type: "module" });
    worker.addEventListener("error", fail);
    worker.addEventListener("message", ({ data }) => {
      if (data.failed) {
        fail();
      } else if (data.sha256) {
        end();
        digest.value = data.sha256;
        say(status.dataset.computed);
        if (pressed) {
          form.requestSubmit(pressed.button);
        }
      } else {
        bar.value = data.done;
      }
    });
    worker.postMessage(file);
  });
  form.addEventListener("submit", (event) => {
    if (worker) {
      // Sent as soon as the digest is there; until then it does not count as sent.
      event.preventDefault();
      event.stopPropagation();
      pressed = { button: event.submitter };
    } else if (input.files[0] && !digest.value) {
      event.preventDefault();
      event.stopPropagation();
      say(status.dataset.failed);
    }
  });
}

// Boxes on the pages of a document: pulled by mouse or finger, moved by the arrow keys, or typed as numbers; the numbers
// are what is sent. Without script they are typed, and the pictures show the boxes.
for (const form of document.querySelectorAll("form[data-boxes]")) {
  const said = form.querySelector("[data-boxes-said]");
  form.querySelector("[data-boxes-help]").hidden = false;
  const pages = new Map();
  for (const page of document.querySelectorAll("[data-placing]")) {
    const image = page.querySelector("img");
    image.src = image.dataset.plain;
    pages.set(page.dataset.page, page);
  }
  for (const row of form.querySelectorAll("[data-box]")) {
    const id = row.dataset.box;
    const input = (name) => form.elements[name + "-" + id];
    const read = (name) => Math.round((Number(input(name).value.normalize("NFKC")) || 0) * 10);
    const write = (name, tenths) => {
      input(name).value = String(tenths / 10);
    };
    const box = document.createElement("button");
    box.type = "button";
    box.className = "musubi-box";
    box.setAttribute("aria-label", row.dataset.name);
    const label = document.createElement("span");
    label.textContent = row.dataset.label;
    const corner = document.createElement("span");
    corner.className = "musubi-box__corner";
    corner.title = row.dataset.resize;
    box.append(label, corner);
    const page = () => pages.get(input("page").value.normalize("NFKC").trim());
    const draw = () => {
      const on = page();
      if (!on) {
        box.remove();
        return;
      }
      if (box.parentElement !== on) {
        on.append(box);
      }
      const wide = Number(on.dataset.width);
      const high = Number(on.dataset.height);
      box.style.left = (read("left") / wide) * 100 + "%";
      box.style.top = (read("top") / high) * 100 + "%";
      box.style.width = (read("width") / wide) * 100 + "%";
      box.style.height = (read("height") / high) * 100 + "%";
    };
    // Never beyond the page, never too small to be read.
    const put = (left, top, width, height) => {
      const wide = Number(page().dataset.width);
      const high = Number(page().dataset.height);
      const w = Math.min(Math.max(width, 30), wide);
      const h = Math.min(Math.max(height, 30), high);
      write("width", w);
      write("height", h);
      write("left", Math.min(Math.max(left, 0), wide - w));
      write("top", Math.min(Math.max(top, 0), high - h));
      draw();
    };
    const tell = () => {
      said.textContent = said.dataset.said.replace(
        /\{(\d)\}/g, (_, gap) => input(["left", "top", "width", "height"][gap]).value);
    };
    for (const name of ["page", "left", "top", "width", "height"]) {
      input(name).addEventListener("input", draw);
    }
    box.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [-10, 0], ArrowRight: [10, 0], ArrowUp: [0, -10], ArrowDown: [0, 10] }[event.key];
      if (!step) {
        return;
      }
      event.preventDefault();
      const [x, y] = step;
      if (event.shiftKey) {
        put(read("left"), read("top"), read("width") + x, read("height") + y);
      } else {
        put(read("left") + x, read("top") + y, read("width"), read("height"));
      }
      tell();
    });
    box.addEventListener("pointerdown", (event) => {
      const on = page();
      const scale = Number(on.dataset.width) / on.getBoundingClientRect().width;
      const from = [read("left"), read("top"), read("width"), read("height")];
      const sizes = event.target === corner;
      const { clientX, clientY } = event;
      box.setPointerCapture(event.pointerId);
      const move = (now) => {
        const x = Math.round((now.clientX - clientX) * scale);
        const y = Math.round((now.clientY - clientY) * scale);
        if (sizes) {
          put(from[0], from[1], from[2] + x, from[3] + y);
        } else {
          put(from[0] + x, from[1] + y, from[2], from[3]);
        }
      };
      const end = () => {
        box.removeEventListener("pointermove", move);
        box.removeEventListener("pointerup", end);
        box.removeEventListener("pointercancel", end);
        tell();
      };
      box.addEventListener("pointermove", move);
      box.addEventListener("pointerup", end);
      box.addEventListener("pointercancel", end);
    });
    draw();
  }
}
