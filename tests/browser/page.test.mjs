// SPDX-License-Identifier: GPL-2.0-or-later
// The results page without JavaScript: every state is a link, in Chromium and in a text browser.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { serveArchive } from './archive.mjs';
import { assertAccessible, assertValid, launch, openPage, serveSite } from './browser.mjs';

let archive, browser, framing;
const files = join(tmpdir(), `quipu-page-${process.pid}`);

/** Two of them are near-duplicates. */
const dredges = (number) => `<!DOCTYPE html><html lang="en"><head><title>Dredges on the upper river</title></head><body><main>
  <h1>Dredges on the upper river</h1><p>Since last August ${number} dredges have worked between the two villages. They take gold from the bed at night,
  and leave by day. The fishermen counted them, wrote down their names and the hours, and handed the list to the office of the harbour, which
  has not answered. The assembly asks that somebody come and look, that the water be examined below each of them, and that the owners
  say who allowed it. Copies went to the ministry, to the bishop and to the newspapers of the province.</p></main></body></html>`;

before(async () => {
  framing = await serveSite({});
  writeFileSync(files + '.svg', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5" fill="#067"/></svg>');
  writeFileSync(files + '.html', '<footer><p>River archive, <a href="https://example.org/">example.org</a></p></footer>\n');
  archive = await serveArchive(`allow_origins = ["${framing.address}"]
page_logo = "${files}.svg"
page_accent = "#006677"
page_accent_dark = "#66ccdd"
page_language = "es"
page_footer_file = "${files}.html"`, { 'dredges.html': dredges('four'), 'dredges-copy.html': dredges('five') });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await framing?.stop();
  await archive?.stop();
});

/** A page without JavaScript. axe needs it, so `scripts` lets it run; the page has none of its own. */
const visit = (path, options) => openPage(browser, archive.address + path, { javaScriptEnabled: false, ...options });

test('without JavaScript one searches, filters, sorts, turns pages and comes back', async () => {
  const page = await visit('/');
  await page.getByRole('searchbox').fill('river');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/search?q=river**');
  const rows = page.getByRole('navigation', { name: 'Filters' });
  await rows.getByRole('link', { name: /^PDF/ }).click();
  assert.equal(await page.getByRole('article').count(), 1);
  assert.match(page.url(), /f=type%3Apdf/);
  await rows.getByRole('link', { name: /^PDF/ }).click();
  assert.doesNotMatch(page.url(), /f=/);
  await page.getByText('Dates and order').click();
  await page.getByLabel('Order').selectOption('date:asc');
  await page.getByLabel('From').fill('2010-01-01');
  await page.getByRole('button', { name: 'Apply' }).click();
  assert.match(await page.getByRole('article').first().textContent(), /2010/);
  await page.getByRole('link', { name: 'Next' }).click();
  assert.match(page.url(), /from=2010-01-01&sort=date%3Aasc&page=2/);
  assert.equal(await page.getByLabel('From').inputValue(), '2010-01-01');
  await page.shot('page-filtered');
  await page.check();
});

test('other words keep what was chosen', async () => {
  const page = await visit('/search?q=mercury&index=statements&f=type%3Apdf');
  await page.getByRole('searchbox').fill('river');
  await page.keyboard.press('Enter');
  await page.waitForURL('**q=river**f=type%3Apdf**');
  assert.equal(await page.getByRole('article').count(), 1);
  await page.check();
});

test('a hit leads to its page, its heading, its translation, its near-duplicates', async () => {
  const page = await visit('/search?q=mercury+found&index=statements');
  assert.match(await page.getByRole('link', { name: 'page 2' }).first().getAttribute('href'), /report\.pdf#page=2$/);
  await page.goto(archive.address + '/search?q=ninguna+represa&index=statements');
  assert.match(await page.getByRole('link', { name: 'also in English' }).first().getAttribute('href'), /rivers\.html$/);
  await page.goto(archive.address + '/search?q=dredges&index=statements&lang=fr');
  assert.match(await page.locator('.related').first().textContent(), /Presque identiques \(1\)\s:/);
  assert.match(await page.locator('.related a').first().getAttribute('href'), /dredges(-copy)?\.html$/);
  await page.shot('page-duplicates');
  await page.check();
});

test('a page makes no request but its own, one style, logo and icon', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(archive.address + '/search?q=river');
  await page.waitForLoadState('networkidle');
  assert.deepEqual(asked.filter((path) => path !== '/icon.svg').sort(), ['/logo', '/search', '/style.css']);
  await context.close();
});

test('feed and OpenSearch description are discovered and answer', async () => {
  const page = await visit('/search?q=river&f=type%3Apdf');
  for (const [selector, type, inside] of [['link[rel=search]', 'application/opensearchdescription+xml', '/search?q={searchTerms}'],
    ['link[rel=alternate]', 'application/atom+xml', 'report.pdf']]) {
    const href = await page.locator(selector).first().getAttribute('href');
    const answer = await fetch(new URL(href, archive.address));
    assert.equal(answer.status, 200, selector);
    assert.ok(answer.headers.get('content-type').startsWith(type));
    assert.ok((await answer.text()).includes(inside));
  }
  await page.check();
});

test('in light, dark, on a phone, in Spanish: axe finds nothing, and nothing scrolls sideways', async () => {
  const path = '/search?q=river&index=statements&f=type%3Ahtml&sort=date%3Adesc';
  const states = {
    'page-home': ['/', {}],
    page: [path, {}],
    'page-dark': [path, { colorScheme: 'dark' }],
    'page-phone': [path, { viewport: { width: 360, height: 700 }, isMobile: true }],
    'page-spanish': ['/search?q=ninguna+represa', { locale: 'es-PE' }],
    'page-nothing': ['/search?q=zyxwv', {}],
    'page-arabic': ['/search?q=%D8%A7%D9%84%D9%86%D9%87%D8%B1+mercury&lang=ar', {}],
    'page-arabic-phone': ['/search?q=mercury&lang=ar&from=2010', { viewport: { width: 360, height: 700 }, isMobile: true, colorScheme: 'dark' }],
    'page-tags': ['/search?q=river&more=tags', {}],
  };
  for (const [name, [address, options]] of Object.entries(states)) {
    const page = await visit(address, { ...options, javaScriptEnabled: true });
    await page.shot(name);
    await assertAccessible(page);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, name);
    await page.check();
  }
});

test('the address, else the browser, else the configuration chooses the language, and links keep it', async () => {
  const page = await visit('/', { locale: 'de-DE' });
  await page.getByRole('button', { name: 'Suchen' }).waitFor();
  await page.getByRole('link', { name: 'Français' }).click();
  await page.getByRole('searchbox').fill('mercury');
  await page.keyboard.press('Enter');
  await page.getByText('documents pour «').waitFor();
  await page.getByRole('link', { name: 'Suivant' }).click();
  assert.match(page.url(), /&lang=fr&page=2$/);
  assert.equal(await page.locator('html').getAttribute('lang'), 'fr');
  await page.check();
  const other = await visit('/', { locale: 'pl-PL' });
  await other.getByRole('button', { name: 'Buscar' }).waitFor();
  await other.check();
});

test('a facet with many values shows ten, and a link shows all', async () => {
  const page = await visit('/search?q=river');
  const tags = page.locator('.facet', { hasText: 'Tags' });
  assert.equal(await tags.locator('li:not(.rest)').count(), 10);
  await tags.getByRole('link', { name: /more$/ }).click();
  assert.ok(await tags.locator('li:not(.rest)').count() > 20);
  await tags.getByRole('link', { name: /^assembly of 2003/ }).click();
  assert.equal(await page.getByRole('article').count(), 1);
  await tags.getByRole('link', { name: 'Show fewer' }).click();
  assert.ok(await tags.locator('li:not(.rest)').count() <= 11);
  assert.match(page.url(), /f=tags%3Aassembly%20of%202003#facet-3$/);
  await page.check();
});

test('on paper there is no form and no pager, and links show where they lead', async () => {
  const page = await visit('/search?q=river');
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.getByRole('searchbox').isVisible(), false);
  assert.equal(await page.locator('.pager').isVisible(), false);
  await page.shot('page-print');
  await page.check();
});

test('the HTML is valid', async () => {
  for (const path of ['/', '/search?q=river&f=type%3Ahtml&from=2010', '/search?q=zyxwv&lang=ar', '/search?q=river&more=tags', '/view?index=statements&id=report.pdf'])
    await assertValid(archive.address + path);
});

test('only sites that may search here may show the page in a frame', async () => {
  const answer = await fetch(archive.address + '/search?q=river');
  assert.match(answer.headers.get('content-security-policy'), new RegExp(`frame-ancestors ${framing.address}$`));
});

test('a text browser shows results, and follows the filters', async (context) => {
  const w3m = async (path) => (await promisify(execFile)('w3m', ['-dump', '-cols', '100', archive.address + path])).stdout;
  const text = await w3m('/search?q=mercury').catch((fault) => fault.code === 'ENOENT' ? null : Promise.reject(fault));
  if (text === null) return context.skip('there is no w3m; scripts/install-dependencies --test installs it');
  assert.match(text, /documents for “mercury”/);
  assert.match(text, /Report on mercury/);
  assert.match(text, /Mercury was found in the river/);
  assert.match(text, /Type\n[^]*HTML \d+/);
  assert.doesNotMatch(await w3m('/search?q=mercury&f=type%3Apdf'), /Statement on the rivers/);
});
