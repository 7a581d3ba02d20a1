// Computes SHA-256 of a file, a piece at a time and beside the page: a file of any length neither fills the
// memory nor keeps the page from answering. Runs in a worker; nothing of the file goes anywhere.
import { sha256 } from "./noble-hashes/sha2.js";

const PIECE = 4 * 1024 * 1024;

self.addEventListener("message", async ({ data: file }) => {
  try {
    const digest = sha256.create();
    for (let from = 0; from < file.size; from += PIECE) {
      digest.update(new Uint8Array(await file.slice(from, from + PIECE).arrayBuffer()));
      self.postMessage({ done: Math.min(1, (from + PIECE) / file.size) });
    }
    self.postMessage({
      sha256: Array.from(digest.digest(), (each) => each.toString(16).padStart(2, "0")).join(""),
    });
  } catch {
    // The file was moved, changed or locked while it was read.
    self.postMessage({ failed: true });
  }
});
