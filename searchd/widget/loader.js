// SPDX-License-Identifier: MIT
// What a page loads: the box or the button, and no more until somebody turns to it. Then it fetches main.js.
(() => {
  'use strict';
  const script = document.currentScript || document.querySelector('script[src*="embed.js"]');
  const home = new URL('.', script.src).href;
  const mac = /Mac|iP(hone|ad)/.test(navigator.platform);
  // The label of box and button; main.js has all other texts.
  const labels = {
    en: 'Search', es: 'Buscar', fr: 'Rechercher', pt: 'Pesquisar', de: 'Suchen', it: 'Cerca', ar: 'بحث', qu: 'Maskʼay',
  };
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@QUIPU_SHELL_STYLE@`);

  /** An element with attributes (none for null and false) and children (none for null). */
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value != null && value !== false) element.setAttribute(name, value === true ? '' : value);
    }
    element.append(...children.filter((child) => child != null));
    return element;
  };

  const icon = () => {
    const space = 'http://www.w3.org/2000/svg';
    const svg = document.createElementNS(space, 'svg');
    const path = document.createElementNS(space, 'path');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    path.setAttribute('d', 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14m5 12 6 6');
    svg.append(path);
    return svg;
  };

  let main;
  const load = () =>
    (main ??= import(home + 'embed/main.js?v=@QUIPU_WIDGET_HASH@').catch((fault) => {
      main = undefined;
      throw fault;
    }));

  class QuipuSearch extends HTMLElement {
    connectedCallback() {
      if (this.form) return;
      // The style looks at these two, and a flag has no value to look at.
      for (const name of ['mode', 'theme', 'recent']) {
        if (name in script.dataset && !this.hasAttribute(name)) this.setAttribute(name, script.dataset[name]);
      }
      this.make = make;
      this.home = this.option('host') ? new URL(this.option('host').replace(/\/?$/, '/'), location).href : home;
      const named = this.closest('[lang]') || document.documentElement;
      this.said = named.lang;
      this.language = (named.lang || navigator.language).toLowerCase();
      try {
        this.own = JSON.parse(this.option('texts') || '{}');
      } catch {
        this.own = {};
      }
      this.label = this.option('label') || this.own.search || labels[this.language.slice(0, 2)] || labels.en;
      this.inDialog = this.option('mode') === 'dialog';
      this.attachShadow({ mode: 'open' }).adoptedStyleSheets = [sheet];
      this.form = this.makeForm();
      if (this.inDialog) this.shadowRoot.append(this.makeOpener());
      else this.shadowRoot.append(this.form);
    }

    /** The element's attribute, else the data- attribute of the script that brought us, else "". */
    option(name) {
      return this.getAttribute(name) ?? script.dataset[name] ?? '';
    }

    makeForm() {
      this.input = make('input', {
        part: 'input', type: 'search', name: 'q', maxlength: 500, autocomplete: 'off', autocapitalize: 'off',
        spellcheck: 'false', enterkeyhint: 'search', 'aria-label': this.label,
        placeholder: this.option('placeholder') || this.label,
      });
      const results = this.option('results');
      const hidden = (name, value) => value ? make('input', { type: 'hidden', name, value }) : null;
      const form = make('form', { part: 'form', role: 'search', action: results || this.home + 'search' },
        this.input, hidden('index', this.option('index')), hidden('lang', !results && this.said),
        make('button', { part: 'button', type: 'submit', 'aria-label': this.label }, icon()));
      this.input.addEventListener('focus', () => this.wake().catch(() => {}));
      return form;
    }

    makeOpener() {
      const hint = this.option('shortcuts') === 'off' ? null
        : make('kbd', { 'aria-hidden': 'true' }, mac ? '⌘K' : 'Ctrl K');
      const opener = make('button', { part: 'opener', type: 'button', 'aria-haspopup': 'dialog',
        hidden: this.option('button') === 'none' }, icon(), make('span', {}, this.label), hint);
      opener.addEventListener('click', () => this.open());
      for (const turn of ['focus', 'pointerenter']) opener.addEventListener(turn, () => this.wake().catch(() => {}));
      return opener;
    }

    /** Loads what searches, once. */
    wake() {
      return (this.awake ??= load().then(({ mount }) => mount(this)).catch((fault) => {
        this.awake = undefined;
        throw fault;
      }));
    }

    /** Opens the dialog, or goes to the box. If the rest cannot be had there is still the plain form. */
    async open() {
      if (!this.inDialog) return this.input.focus();
      try {
        (await this.wake()).open();
      } catch {
        this.shadowRoot.append(this.form);
        this.input.focus();
      }
    }
  }
  if (!customElements.get('quipu-search')) customElements.define('quipu-search', QuipuSearch);
  else return;

  const isTyping = (event) => {
    const target = event.composedPath()[0];
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  };
  addEventListener('keydown', (event) => {
    const chord = event.key?.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const slash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event);
    if ((!chord && !slash) || event.defaultPrevented) return;
    const element = [...document.querySelectorAll('quipu-search')].find((one) => one.option('shortcuts') !== 'off');
    if (!element) return;
    event.preventDefault();
    element.open();
  });
  // The page's own button: <button data-quipu-open> or, with several elements, data-quipu-open="its-id".
  addEventListener('click', (event) => {
    const button = event.target.closest?.('[data-quipu-open]');
    if (!button) return;
    const id = button.dataset.quipuOpen;
    const element = id ? document.getElementById(id) : document.querySelector('quipu-search');
    if (!element?.open) return;
    event.preventDefault();
    element.open();
  });
})();
