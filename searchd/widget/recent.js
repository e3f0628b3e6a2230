// SPDX-License-Identifier: MIT
const kKept = 5;

/** The last queries of an index, kept in this browser only, and only if the page asks for it. */
export function recentOf(index, wanted) {
  const key = 'quipu-recent:' + index;
  const all = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(key));
      return wanted && Array.isArray(kept) ? kept.filter((query) => typeof query === 'string') : [];
    } catch {
      return []; // no storage, or not ours
    }
  };
  const store = (queries) => {
    try {
      if (wanted) localStorage.setItem(key, JSON.stringify(queries));
    } catch {
      // A full or forbidden storage keeps nothing; the search works without.
    }
  };
  return {
    all,
    keep: (query) => query.trim() && store([query.trim(), ...all().filter((one) => one !== query.trim())].slice(0, kKept)),
    clear: () => store([]),
  };
}
