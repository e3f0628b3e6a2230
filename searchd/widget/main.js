// SPDX-License-Identifier: MIT
import { marked, linkable } from './marked.js';
import { recentOf } from './recent.js';
import { textsFor } from './texts.js';
import { style } from './style.js';

const kTypingMs = 120; // a pause that ends a burst of keys
const kSlowMs = 3000; // then somebody is told that it takes long
const kDeadMs = 10000; // then the request is given up
const sheet = new CSSStyleSheet();
sheet.replaceSync(style);
let count = 0;

/** Everything behind the box of one <quipu-search>. */
class Panel {
  constructor(host) {
    this.host = host;
    this.input = host.input;
    this.texts = textsFor(host.language, host.own);
    this.numbers = new Intl.NumberFormat(host.language);
    this.recent = recentOf(host.option('index'), host.hasAttribute('recent'));
    this.limit = Math.min(Math.max(Number(host.option('limit')) || 6, 1), 50);
    this.fields = host.option('facets').split(',').map((name) => name.trim()).filter(Boolean);
    this.id = 'quipu' + ++count;
    this.sequence = 0;
    this.reset();
    this.build();
    this.listen();
  }

  reset() {
    this.chosen = {};
    this.typos = true;
    this.hits = 0;
  }

  say(name, value) {
    return (this.texts[name] ?? name).replace('{}', () => value);
  }

  build() {
    const { make, shadowRoot } = this.host;
    shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, sheet];
    this.status = make('p', { part: 'status', role: 'status' });
    this.note = make('p', { part: 'note' });
    this.facets = make('div', { part: 'facets' });
    this.list = make('div', { part: 'list', role: 'listbox', id: this.id, 'aria-label': this.host.label });
    this.more = make('button', { part: 'more', type: 'button' }, this.texts.more);
    this.all = make('a', { part: 'all' }, this.texts.all);
    this.clear = make('button', { part: 'clear', type: 'button' }, this.texts.clear);
    this.panel = make('div', { part: 'panel' }, this.status, this.note, this.facets, this.list,
      make('div', { part: 'foot' }, this.more, this.clear, this.all));
    const wires = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-haspopup': 'listbox', 'aria-controls': this.id,
      'aria-expanded': 'false' };
    for (const name in wires) this.input.setAttribute(name, wires[name]);
    if (this.host.inDialog) this.buildDialog();
    else this.host.form.after(this.panel);
    this.show(false);
  }

  buildDialog() {
    const { make, form, label, shadowRoot } = this.host;
    const close = make('button', { part: 'close', type: 'button', 'aria-label': this.texts.close }, '✕');
    close.addEventListener('click', () => this.dialog.close());
    this.dialog = make('dialog', { part: 'dialog', 'aria-label': label }, make('div', { part: 'head' }, form, close), this.panel);
    this.dialog.addEventListener('click', (event) => event.target === this.dialog && this.dialog.close());
    this.dialog.addEventListener('close', () => this.show(false));
    shadowRoot.append(this.dialog);
  }

  listen() {
    const { input, host } = this;
    input.addEventListener('input', () => {
      this.reset();
      clearTimeout(this.typing);
      this.typing = setTimeout(() => this.search(), kTypingMs);
    });
    input.addEventListener('focus', () => this.turnTo());
    input.addEventListener('click', () => this.turnTo());
    input.addEventListener('keydown', (event) => this.onKey(event));
    host.form.addEventListener('submit', (event) => this.onSubmit(event));
    this.more.addEventListener('click', () => this.search(this.hits));
    this.clear.addEventListener('click', () => {
      this.recent.clear();
      this.show(false);
      this.input.focus();
    });
    this.list.addEventListener('click', (event) => this.onChoice(event));
    // Safari gives no focus to buttons that are clicked; a pointer in the panel does not leave the element.
    this.panel.addEventListener('pointerdown', () => (this.pressed = true));
    addEventListener('pointerup', () => (this.pressed = false));
    host.addEventListener('focusout', (event) => {
      if (!this.dialog && !this.pressed && !host.contains(event.relatedTarget)) this.show(false);
    });
    host.shadowRoot.addEventListener('keydown', (event) => event.key === 'Escape' && this.onEscape(event));
  }

  /** Closes at the first press; a search field would only empty itself. */
  onEscape(event) {
    if (this.dialog ? !this.dialog.open : this.panel.hidden) return;
    event.preventDefault();
    if (this.dialog) return this.dialog.close();
    this.input.focus();
    this.show(false);
  }

  /** Shows what belongs to the words in the box, when somebody comes to it. */
  turnTo() {
    if (!this.panel.hidden) return;
    if (!this.input.value.trim()) this.showRecent();
    else if (this.hits) this.show(true);
    else this.search();
  }

  open() {
    if (this.dialog && !this.dialog.open) this.dialog.showModal();
    this.input.focus();
    this.input.select();
    this.turnTo();
  }

  show(shown) {
    this.panel.hidden = !shown;
    this.activate(null);
    this.input.setAttribute('aria-expanded', String(shown && this.options().length > 0));
  }

  options() {
    return [...this.list.querySelectorAll('[role=option]')];
  }

  /** Makes an option the active one; focus stays in the box. */
  activate(option) {
    this.active?.setAttribute('aria-selected', 'false');
    this.active = option;
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    if (option) this.input.setAttribute('aria-activedescendant', option.id);
    else this.input.removeAttribute('aria-activedescendant');
  }

  onKey(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const options = this.options();
    const at = options.indexOf(this.active);
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (this.panel.hidden) return this.turnTo();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      // One place beyond the ends is the box itself.
      const next = at < 0 && step < 0 ? options.length - 1 : at + step;
      this.activate(options[next] ?? null);
    } else if (event.key === 'Enter' && this.active) {
      event.preventDefault();
      this.active.click();
    }
  }

  onChoice(event) {
    const option = event.target.closest('[role=option]');
    if (!option) return;
    if (option.href) return this.recent.keep(this.input.value);
    this.input.value = option.textContent;
    this.input.focus();
    this.reset();
    this.search();
  }

  onSubmit(event) {
    if (!this.input.value.trim()) return event.preventDefault();
    this.recent.keep(this.input.value);
    const chosen = Object.keys(this.chosen).length > 0 || !this.typos;
    if (!chosen || this.host.option('results')) return;
    // The plain form knows nothing of what was chosen in the panel.
    event.preventDefault();
    location.assign(this.fullAddress());
  }

  /** The page with all results for what is asked and chosen here. */
  fullAddress() {
    const url = new URL(this.host.form.action);
    for (const [name, value] of new FormData(this.host.form)) url.searchParams.set(name, value);
    if (!this.typos) url.searchParams.set('typos', 'off');
    for (const [field, values] of Object.entries(this.chosen)) {
      for (const value of values) url.searchParams.append('f', field + ':' + value);
    }
    return url.href;
  }

  filter() {
    const quote = (text) => '"' + text.replace(/["\\]/g, '\\$&') + '"';
    const parts = Object.entries(this.chosen).map(([field, values]) => `${quote(field)} IN [${[...values].map(quote)}]`);
    const fixed = this.host.option('filter');
    return (fixed ? [`(${fixed})`, ...parts] : parts).join(' AND ');
  }

  address(offset) {
    const url = new URL(`indexes/${encodeURIComponent(this.host.option('index'))}/search`, this.host.home);
    const ask = {
      q: this.input.value, offset, limit: this.limit, passages: this.host.option('passages') || 1,
      attributesToRetrieve: 'id,url,title,language,date,type', attributesToHighlight: 'title',
      highlightPreTag: '<mark>', highlightPostTag: '</mark>', filter: this.filter(), typos: this.typos ? '' : 'off',
      disjunctiveFacets: offset ? '' : this.fields.join(),
    };
    for (const name in ask) if (ask[name] !== '') url.searchParams.set(name, ask[name]);
    return url;
  }

  /** Asks for hits from `offset` on. Only the answer to the newest question is ever shown. */
  async search(offset = 0) {
    clearTimeout(this.typing);
    this.request?.abort();
    const mine = ++this.sequence;
    if (!this.input.value.trim()) return this.showRecent();
    const request = (this.request = new AbortController());
    const slow = setTimeout(() => this.tell('slow'), kSlowMs);
    const dead = setTimeout(() => request.abort(), kDeadMs);
    const key = this.host.option('key');
    let status;
    try {
      const response = await fetch(this.address(offset), {
        signal: request.signal, credentials: 'omit', headers: key ? { Authorization: 'Bearer ' + key } : {},
      });
      status = response.status;
      const answer = await response.json();
      if (!response.ok) throw new Error(answer.message);
      if (mine === this.sequence) this.render(answer, offset);
    } catch (fault) {
      if (mine !== this.sequence) return;
      if (fault.name !== 'AbortError') console.warn('quipu-search:', fault.message);
      this.tell({ 401: 'barred', 403: 'barred', 429: 'busy', 503: 'busy' }[status] ?? 'failed');
    } finally {
      clearTimeout(slow);
      clearTimeout(dead);
    }
  }

  /** A sentence in place of results; the form still leads to the page of results. */
  tell(name) {
    this.empty();
    this.status.textContent = this.texts[name];
    this.all.href = this.fullAddress();
    this.all.hidden = false;
    this.show(true);
  }

  empty() {
    for (const part of [this.status, this.note, this.facets, this.list]) part.replaceChildren();
    for (const part of [this.more, this.clear, this.all]) part.hidden = true;
    this.hits = 0;
  }

  showRecent() {
    this.empty();
    const queries = this.recent.all();
    queries.forEach((query) => this.list.append(this.option({}, query)));
    this.status.textContent = queries.length ? this.texts.recent : '';
    this.clear.hidden = !queries.length;
    this.show(queries.length > 0);
  }

  option(attributes, ...children) {
    const id = `${this.id}-${this.list.querySelectorAll('[role=option]').length}`;
    const tag = attributes.href ? 'a' : 'div';
    return this.host.make(tag, { part: 'option', role: 'option', id, tabindex: '-1', 'aria-selected': 'false', ...attributes }, ...children);
  }

  render(answer, offset) {
    const focused = this.host.shadowRoot.activeElement?.dataset.value;
    if (!offset) this.empty();
    const total = answer.estimatedTotalHits ?? answer.totalHits ?? 0;
    for (const hit of answer.hits) this.renderHit(hit);
    this.hits = offset + answer.hits.length;
    const counted = this.say(answer.totalRelation === 'gte' ? 'over' : 'results', this.numbers.format(total));
    this.status.textContent = (total ? counted : this.say('none', this.input.value))
      + (answer.partial ? ' ' + this.texts.partial : '');
    if (!offset) {
      this.renderNote(answer.correctedQuery);
      this.renderFacets(answer.facetDistribution ?? {});
    }
    const active = this.active;
    this.more.hidden = !answer.hits.length || this.hits >= total;
    this.all.hidden = !total;
    this.all.href = this.fullAddress();
    this.show(true);
    // The facets are new buttons; who has pressed one stays on it.
    if (focused) [...this.facets.querySelectorAll('button')].find((button) => button.dataset.value === focused)?.focus();
    if (offset && active) this.activate(active);
    if (!offset) this.panel.scrollTop = 0;
  }

  renderHit(hit) {
    const { make, home } = this.host;
    const view = new URL('view', home);
    view.searchParams.set('index', this.host.option('index'));
    view.searchParams.set('id', hit.id);
    // A document without an address of its own is read on the search server.
    const isPublic = /^(https?:)?\//i.test(hit.url);
    const to = (url) => (isPublic && linkable(url, home)) || view.href + (/#.*/.exec(url ?? '')?.[0] ?? '');
    const [best, ...others] = hit._passages ?? [];
    const lang = /^[a-z]{2,3}(-\w+)*$/i.test(hit.language) ? hit.language : null;
    const title = make('span', { part: 'title', dir: 'auto', lang }, ...marked(make, hit._formatted?.title || ''));
    if (!title.textContent) title.textContent = hit.id;
    this.list.append(this.option({ href: to(best?.page || best?.heading ? best.url : hit.url) }, title,
      this.line('facts', [...this.kind(hit), ...this.place(best, hit), ...this.written(hit)]), this.words(best, lang)));
    for (const passage of others)
      this.list.append(this.option({ href: to(passage.url) }, this.line('place', this.place(passage, hit)), this.words(passage, lang)));
  }

  line(part, words) {
    return words.length ? this.host.make('span', { part, dir: 'auto' }, words.join(' · ')) : null;
  }

  words(passage, lang) {
    const { make } = this.host;
    return passage ? make('span', { part: 'passage', dir: 'auto', lang }, ...marked(make, passage.text)) : null;
  }

  kind(hit) {
    return /^(pdf|docx|odt|epub|pptx|xlsx)$/.test(hit.type) ? [hit.type.toUpperCase()] : [];
  }

  /** The page, and the heading unless it is the title again. */
  place(passage, hit) {
    return [passage?.page ? this.say('page', passage.page) : '', passage?.heading === hit.title ? '' : passage?.heading].filter(Boolean);
  }

  /** When, and in which language if it is not the page's. */
  written(hit) {
    const date = /^\d{4}-\d\d-\d\d/.test(hit.date) ? new Date(hit.date.slice(0, 10) + 'T00:00Z') : NaN;
    const words = isNaN(date) ? [] : [date.toLocaleDateString(this.host.language, { dateStyle: 'medium', timeZone: 'UTC' })];
    if (hit.language && !this.host.language.startsWith(hit.language)) words.push(this.valueName('language', hit.language));
    return words;
  }

  /** "Results for X. Search instead for Y", or an offer. */
  renderNote(correction) {
    if (!correction) return;
    const text = correction.applied ? this.input.value : correction.text;
    const button = this.host.make('button', { part: 'correction', type: 'button' }, this.say(correction.applied ? 'instead' : 'mean', text));
    button.addEventListener('click', () => {
      this.input.value = text;
      this.typos = !correction.applied;
      this.input.focus();
      this.search();
    });
    this.note.replaceChildren(correction.applied ? this.say('corrected', correction.text) + ' ' : '', button);
  }

  valueName(field, value) {
    if (field === 'type' && value.length < 5) return value.toUpperCase();
    if (field !== 'language') return value;
    try {
      return new Intl.DisplayNames([this.host.language], { type: 'language' }).of(value);
    } catch {
      return value;
    }
  }

  renderFacets(distribution) {
    for (const field of this.fields) {
      const chosen = this.chosen[field] ?? new Set();
      const counts = Object.entries(distribution[field] ?? {});
      const values = [...counts.slice(0, 8), ...[...chosen].filter((value) => !counts.some(([one]) => one === value)).map((value) => [value, 0])];
      if (values.length < 2 && !chosen.size) continue;
      const name = this.texts[field] ?? field;
      this.facets.append(this.host.make('div', { part: 'facet', role: 'group', 'aria-label': name },
        this.host.make('span', { part: 'facet-name', 'aria-hidden': 'true' }, name),
        ...values.map(([value, number]) => this.facetButton(field, value, number))));
    }
  }

  facetButton(field, value, number) {
    const { make } = this.host;
    const pressed = this.chosen[field]?.has(value) ?? false;
    const button = make('button', { part: 'value', type: 'button', 'aria-pressed': String(pressed), 'data-value': field + ':' + value },
      this.valueName(field, value), ' ', make('span', { part: 'count' }, this.numbers.format(number)));
    button.addEventListener('click', () => {
      const values = (this.chosen[field] ??= new Set());
      if (!values.delete(value)) values.add(value);
      if (!values.size) delete this.chosen[field];
      this.search();
    });
    return button;
  }
}

/** Brings a <quipu-search> to life. */
export function mount(host) {
  const panel = new Panel(host);
  if (!host.inDialog && host.shadowRoot.activeElement === host.input) panel.turnTo();
  return panel;
}
