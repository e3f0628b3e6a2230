// SPDX-License-Identifier: MIT
const entities = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
const plain = (html) => html.replace(/&(amp|lt|gt|quot|#39);/g, (entity) => entities[entity]);

/**
 * The server's HTML, in which only <mark> is markup, as nodes. It is never parsed as HTML: whatever else
 * looks like a tag becomes text.
 */
export function marked(make, html) {
  let open = false;
  const nodes = [];
  for (const piece of String(html ?? '').split(/(<\/?mark>)/)) {
    if (piece === '<mark>') open = true;
    else if (piece === '</mark>') open = false;
    else if (piece) nodes.push(open ? make('mark', { part: 'mark' }, plain(piece)) : plain(piece));
  }
  return nodes;
}

/** An address that a link may have, absolute against `base`; "" for javascript: and the like. */
export function linkable(url, base) {
  try {
    const absolute = new URL(url, base);
    return /^https?:$/.test(absolute.protocol) ? absolute.href : '';
  } catch {
    return '';
  }
}
