// SPDX-License-Identifier: GPL-2.0-or-later
// The widget in pages of another origin: by pointer and by keyboard, in both modes, when all is well and when not.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { serveArchive } from './archive.mjs';
import { assertAccessible, launch, openPage, serveSite } from './browser.mjs';

let archive, browser, site;
const pages = {};

/** A page with the widget; `attributes` of the element, `more` beside it. */
function pageWith(attributes = '', { more = '', lang = 'en', head = '' } = {}) {
  return `<!DOCTYPE html><html ${lang === 'ar' ? 'dir="rtl" ' : ''}lang="${lang}"><head><meta charset="utf-8"><title>A site</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">${head}
    <script src="${archive.address}/embed.js" data-index="statements" defer></script></head>
    <body><main><h1>The rivers</h1>${more}<quipu-search ${attributes}></quipu-search>
    <p>A page about rivers, and a <a href="/elsewhere">link</a>.</p></main></body></html>`;
}

before(async () => {
  site = await serveSite(pages);
  archive = await serveArchive(`allow_origins = ["${site.address}"]`);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.stop();
  await archive?.stop();
});

async function visit(attributes, content, options) {
  pages['/'] = pageWith(attributes, content);
  const page = await openPage(browser, site.address + '/', options);
  page.box = page.getByRole('combobox').or(page.getByRole('searchbox'));
  page.options = page.getByRole('option');
  return page;
}

const settled = (page) => page.waitForFunction(() => document.querySelector('quipu-search').awake);

test('nothing but the loader is fetched before somebody turns to the box', async () => {
  const page = await visit('');
  const fetched = () => page.evaluate((home) => performance.getEntriesByType('resource').map((entry) => new URL(entry.name))
    .filter((url) => url.origin === home).map((url) => url.pathname), archive.address);
  assert.deepEqual(await fetched(), ['/embed.js']);
  await page.box.focus();
  await settled(page);
  assert.deepEqual(await fetched(), ['/embed.js', '/embed/main.js']);
  await page.check();
});

test('the box shows results as one types, with passages, pages of PDF and a link to all', async () => {
  const page = await visit('facets="language,type"');
  await page.box.click();
  await page.keyboard.insertText('mercury river');
  await page.getByRole('option', { name: /Report on mercury/ }).waitFor();
  assert.match(await page.getByRole('status').textContent(), /^Results: \d+$/);
  const report = page.getByRole('option', { name: /Report on mercury/ });
  assert.match(await report.getAttribute('href'), /report\.pdf#page=2$/);
  assert.match(await report.textContent(), /page 2/);
  assert.ok((await report.locator('mark').count()) > 0);
  assert.match(await page.getByRole('link', { name: 'All results' }).getAttribute('href'), /\/search\?q=mercury\+river&index=statements&lang=en$/);
  await page.shot('box');
  await assertAccessible(page);
  await page.check();
});

test('facets narrow the results and stay in the link to all of them', async () => {
  const page = await visit('facets="language,type"');
  await page.box.fill('river');
  const pdf = page.getByRole('button', { name: /^PDF/ });
  await pdf.click();
  await page.waitForFunction(() => document.querySelector('quipu-search').shadowRoot.querySelectorAll('[role=option]').length === 1);
  assert.equal(await pdf.getAttribute('aria-pressed'), 'true');
  assert.equal(await pdf.evaluate((button) => button.getRootNode().activeElement === button), true);
  assert.match(await page.getByRole('link', { name: 'All results' }).getAttribute('href'), /f=type%3Apdf/);
  await page.shot('box-facets');
  await page.check();
});

test('more results are added below, each with an id of its own', async () => {
  const page = await visit('limit="5"');
  await page.box.fill('statement');
  await page.options.nth(4).waitFor();
  await page.getByRole('button', { name: 'More results' }).click();
  await page.options.nth(9).waitFor();
  const ids = await page.options.evaluateAll((all) => all.map((one) => one.id));
  assert.equal(new Set(ids).size, ids.length);
  await page.check();
});

test('a misspelt word is corrected, and one may search for it as typed', async () => {
  const page = await visit('');
  await page.box.fill('mrecury');
  const instead = page.getByRole('button', { name: 'Search instead for “mrecury”' });
  await instead.waitFor();
  await page.shot('correction');
  await instead.click();
  await page.getByText('Nothing was found for “mrecury”.').waitFor();
  await page.check();
});

test('the keyboard alone reaches, opens and leaves results', async () => {
  const page = await visit('');
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'QUIPU-SEARCH');
  await page.keyboard.insertText('mercury');
  await page.options.first().waitFor();
  assert.equal(await page.box.getAttribute('aria-expanded'), 'true');
  await page.keyboard.press('ArrowDown');
  const active = await page.box.getAttribute('aria-activedescendant');
  assert.equal(active, await page.options.first().getAttribute('id'));
  assert.equal(await page.options.first().getAttribute('aria-selected'), 'true');
  await page.keyboard.press('ArrowUp');
  assert.equal(await page.box.getAttribute('aria-activedescendant'), null);
  await page.keyboard.press('Escape');
  assert.equal(await page.box.getAttribute('aria-expanded'), 'false');
  assert.equal(await page.options.first().isVisible(), false);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL('https://example.org/**');
  await page.check();
});

test('Enter without a choice leads to the page of results', async () => {
  const page = await visit('');
  await page.box.fill('mercury');
  await page.keyboard.press('Enter');
  await page.waitForURL(archive.address + '/search?q=mercury&index=statements&lang=en');
  await page.check();
});

for (const [name, open] of Object.entries({
  'its button': (page) => page.getByRole('button', { name: 'Search' }).click(),
  'Control-K': (page) => page.keyboard.press('Control+k'),
  'a slash': (page) => page.keyboard.press('/'),
  "the page's own button": (page) => page.getByRole('button', { name: 'Find it' }).click(),
})) {
  test(`the dialog opens by ${name}, closes by Escape and gives the focus back`, async () => {
    const page = await visit('mode="dialog" facets="language,type"', { more: '<button data-quipu-open>Find it</button>' });
    const before = page.getByRole('link', { name: 'link' });
    await before.focus();
    await open(page);
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await page.keyboard.insertText('river protected');
    await page.options.first().waitFor();
    if (name === 'Control-K') {
      await page.shot('dialog');
      await assertAccessible(page);
    }
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    const focused = await page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.textContent ?? document.activeElement.textContent);
    assert.match(focused, name === 'its button' ? /^Search/ : name.startsWith('the page') ? /Find it/ : /^link/);
    await page.check();
  });
}

test('a slash typed into a field of the page stays a slash', async () => {
  const page = await visit('mode="dialog"', { more: '<label>Name <input id="name"></label>' });
  await page.locator('#name').focus();
  await page.keyboard.type('a/b');
  assert.equal(await page.locator('#name').inputValue(), 'a/b');
  await page.check();
});

test('an old answer never overwrites a newer one', async () => {
  const page = await visit('');
  await page.route('**/indexes/**', async (route) => {
    const query = new URL(route.request().url()).searchParams.get('q');
    if (query === 'mercury') await new Promise((resolve) => setTimeout(resolve, 800));
    await route.continue().catch(() => {});
  });
  await page.box.fill('mercury');
  await page.waitForTimeout(250);
  await page.box.fill('ninguna represa');
  await page.getByRole('option', { name: /Pronunciamiento/ }).first().waitFor();
  await page.waitForTimeout(900);
  assert.match(await page.options.first().textContent(), /Pronunciamiento/);
  await page.check();
});

test('a slow server is told of, and its answer is still shown', async () => {
  const page = await visit('');
  await page.route('**/indexes/**', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 4000));
    await route.continue();
  });
  await page.box.fill('mercury');
  await page.getByText('The search is taking long.').waitFor();
  await page.shot('slow');
  await page.options.first().waitFor({ timeout: 5000 });
  await page.check();
});

const refuse = (status) => (route) => route.fulfill({ status, json: { message: 'no', code: 'x' }, headers: { 'Access-Control-Allow-Origin': '*' } });
const unreachable = 'The search cannot be reached right now.';
const busy = 'The search is busy. Please try again in a moment.';
const barred = 'This page may not search here.';
test('a server that does not answer the question is told of plainly, and the form still works', async () => {
  pages['/'] = pageWith('');
  const page = await openPage(browser, site.address + '/');
  const box = page.getByRole('searchbox').or(page.getByRole('combobox'));
  const nonsense = (status) => (route) => route.fulfill({ status, body: '<html>', headers: { 'Access-Control-Allow-Origin': '*' } });
  for (const [name, [fail, sentence]] of Object.entries({
    'cannot be reached': [(route) => route.abort('connectionrefused'), unreachable],
    'is overloaded': [refuse(503), busy],
    'wants a key': [refuse(401), barred],
    'was asked too often': [refuse(429), busy],
    'does not take the key': [refuse(403), barred],
    'fails': [refuse(500), unreachable],
    'is overloaded, as its proxy says': [nonsense(503), busy],
    'answers nonsense': [nonsense(200), unreachable],
  })) {
    await page.route('**/indexes/**', fail);
    await box.fill('mercury ' + name);
    await page.getByText(sentence).waitFor();
    if (sentence === busy) await page.shot('busy');
    await page.unroute('**/indexes/**');
    await box.fill('mercury');
    await page.getByRole('option').first().waitFor();
  }
  await page.route('**/indexes/**', refuse(503));
  await box.fill('dam');
  await page.getByText(busy).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(archive.address + '/search?q=dam&index=statements&lang=en');
  await page.context().close();
});

for (const [name, attribute] of Object.entries({ 'data-key of the script': 'data-key', 'key of the element': 'key' })) {
  test(`the ${name} goes with every question, and with nothing else`, async () => {
    pages['/'] = attribute === 'key' ? pageWith('key="abc123"') : pageWith('').replace('data-index', 'data-key="abc123" data-index');
    const page = await openPage(browser, site.address + '/');
    const sent = [];
    page.on('request', async (request) => {
      const { authorization } = await request.allHeaders();
      sent.push([new URL(request.url()).pathname, authorization, request.url().includes('abc123')]);
    });
    await page.getByRole('searchbox').fill('mercury');
    await page.getByRole('option').first().waitFor();
    const asked = sent.filter(([path]) => path === '/indexes/statements/search');
    assert.ok(asked.length > 0);
    assert.ok(asked.every(([, key]) => key === 'Bearer abc123'), JSON.stringify(sent));
    assert.ok(sent.filter(([path]) => path !== '/indexes/statements/search').every(([, key]) => !key), JSON.stringify(sent));
    assert.ok(sent.every(([, , inAddress]) => !inAddress));
    await page.check();
  });
}

test('if only the loader could be had, box and dialog are plain forms', async () => {
  for (const attributes of ['', 'mode="dialog"']) {
    pages['/'] = pageWith(attributes);
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.route('**/embed/main.js*', (route) => route.abort());
    await page.goto(site.address + '/');
    if (attributes) await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('searchbox').fill('mercury');
    await page.keyboard.press('Enter');
    await page.waitForURL(archive.address + '/search?q=mercury&index=statements&lang=en');
    await context.close();
  }
});

test('a page with a strict policy and trusted types runs it without a complaint', async () => {
  for (const attributes of ['facets="language,type"', 'mode="dialog" facets="language,type"']) {
    pages['/'] = {
      body: pageWith(attributes),
      headers: { 'Content-Security-Policy': `default-src 'self' ${archive.address}; object-src 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'` },
    };
    const page = await openPage(browser, site.address + '/');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('mercury');
    await page.getByRole('option').first().waitFor();
    await page.check();
  }
});

test('whatever is in a document is text', async () => {
  const page = await visit('');
  await page.box.fill('hostile passage');
  const option = page.options.first();
  await option.waitFor();
  assert.match(await option.textContent(), /<img src=x onerror=alert\(1\)> hostile title/);
  assert.match(await option.textContent(), /<script>alert\(1\)<\/script> and <mark onclick=alert\(1\)>mark<\/mark> &lt;b&gt;/);
  assert.equal(await option.locator('img, script, [onclick]').count(), 0);
  await page.check();
});

test('recent queries are kept only if the page asks, and can be cleared', async () => {
  const page = await visit('recent');
  await page.box.fill('mercury');
  await page.options.first().waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(archive.address + '/search**');
  await page.goBack();
  await page.box.click();
  await page.box.fill('');
  const recent = page.getByRole('option', { name: 'mercury' });
  await recent.waitFor();
  await page.shot('recent');
  await recent.click();
  await page.getByRole('option', { name: /Report/ }).waitFor();
  await page.box.fill('');
  await page.getByRole('button', { name: 'Clear' }).click();
  assert.equal(await page.evaluate(() => localStorage.getItem('quipu-recent:statements')), '[]');
  await page.check();
  const other = await visit('');
  await other.box.fill('mercury');
  await other.options.first().waitFor();
  await other.keyboard.press('Enter');
  await other.waitForURL(archive.address + '/search**');
  await other.goBack();
  assert.equal(await other.evaluate(() => localStorage.length), 0);
  await other.check();
});

test("the page's language chooses the texts, and its own texts come first", async () => {
  const expected = { en: 'Results: ', es: 'Resultados: ', fr: 'Résultats : ', 'pt-BR': 'Resultados: ', de: 'Treffer: ', it: 'Risultati: ', ar: 'النتائج: ', qu: 'Tarisqakuna: ' };
  const all = await visit('', { more: Object.keys(expected).map((lang) => `<div lang="${lang}"><quipu-search></quipu-search></div>`).join('') });
  for (const [lang, text] of Object.entries(expected)) {
    const one = all.locator(`div[lang="${lang}"]`);
    await one.getByRole('searchbox').fill('mercury');
    await one.getByRole('option').first().waitFor();
    assert.ok((await one.getByRole('status').textContent()).startsWith(text), lang);
  }
  await all.check();
  const page = await visit(`texts='{"search": "Look", "results": "{} found"}'`);
  assert.equal(await page.getByRole('searchbox').getAttribute('aria-label'), 'Look');
  await page.box.fill('mercury');
  await page.options.first().waitFor();
  assert.match(await page.getByRole('status').textContent(), /^\d+ found$/);
  await page.check();
});

test('from right to left, in the dark, on a phone, in forced colours: axe finds nothing', async () => {
  const scheme = '<meta name="color-scheme" content="light dark"><style>body { background: Canvas; color: CanvasText }</style>';
  const states = {
    rtl: ['facets="language,type"', { lang: 'ar' }, {}, 'الزئبق'],
    dark: ['facets="language,type"', { head: scheme }, { colorScheme: 'dark' }, 'mercury river'],
    'dark-dialog': ['mode="dialog" facets="language,type"', { head: scheme }, { colorScheme: 'dark' }, 'mercury river'],
    phone: ['facets="language,type"', {}, { viewport: { width: 360, height: 700 }, isMobile: true, hasTouch: true }, 'river'],
    'phone-dialog': ['mode="dialog" facets="language,type"', {}, { viewport: { width: 360, height: 700 }, isMobile: true, hasTouch: true }, 'river'],
    forced: ['facets="language,type"', {}, { forcedColors: 'active' }, 'mercury'],
  };
  for (const [name, [attributes, content, options, query]] of Object.entries(states)) {
    const page = await visit(attributes, content, { ...options, reducedMotion: 'reduce' });
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill(query);
    await page.options.first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.shot(name);
    await assertAccessible(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assert.equal(wide, false, name + ' scrolls sideways');
    await page.check();
  }
});

test('everything that one can press is at least 44 pixels high', async () => {
  for (const attributes of ['facets="language,type" limit="3"', 'mode="dialog" facets="language,type" limit="3"']) {
    const page = await visit(attributes, {}, { reducedMotion: 'reduce' });
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('river');
    await page.options.first().waitFor();
    const small = await page.evaluate(() => [...document.querySelector('quipu-search').shadowRoot.querySelectorAll('button, input, a')]
      .filter((one) => one.checkVisibility()).map((one) => [one.getAttribute('part'), one.getBoundingClientRect()])
      .filter(([, box]) => box.height < 44 || box.width < 44).map(([part, box]) => `${part} ${box.width}×${box.height}`));
    assert.deepEqual(small, []);
    await page.check();
  }
});

test("the script's data- attributes are the defaults of all elements", async () => {
  pages['/'] = pageWith('').replace('data-index', 'data-mode="dialog" data-index');
  const page = await openPage(browser, site.address + '/');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('dialog').waitFor();
  assert.equal(await page.locator('quipu-search').evaluate((one) => getComputedStyle(one).display), 'inline-block');
  await page.check();
});

test('colours and parts can be set by the page', async () => {
  const page = await visit('', { head: '<style>quipu-search { --quipu-accent: #005500; } quipu-search::part(input) { border-width: 3px; }</style>' });
  const button = page.getByRole('button', { name: 'Search' });
  assert.equal(await button.evaluate((one) => getComputedStyle(one).backgroundColor), 'rgb(0, 85, 0)');
  assert.equal(await page.box.evaluate((one) => getComputedStyle(one).borderTopWidth), '3px');
  await page.check();
});

test('pages of other origins may not search', async () => {
  const stranger = await serveSite({ '/': pageWith('') });
  const page = await openPage(browser, stranger.address + '/');
  await page.getByRole('searchbox').fill('mercury');
  await page.getByText('The search cannot be reached right now.').waitFor();
  await page.context().close();
  await stranger.stop();
});
