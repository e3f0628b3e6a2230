// SPDX-License-Identifier: GPL-2.0-or-later
// The examples as they stand, with only the server's address put in.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { serveArchive } from './archive.mjs';
import { assertAccessible, launch, openPage, serveSite } from './browser.mjs';

let archive, browser, site;
const replaced = {};

before(async () => {
  site = await serveSite({}, {
    '/instantsearch/node_modules/': process.env.QUIPU_PACKAGES,
    '/': join(process.env.QUIPU_SOURCE, 'examples'),
  }, replaced);
  archive = await serveArchive(`allow_origins = ["${site.address}"]`);
  replaced['https://search.example.org'] = archive.address;
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.stop();
  await archive?.stop();
});

test('plain: the box', async () => {
  const page = await openPage(browser, site.address + '/plain/box.html');
  await page.getByRole('searchbox').fill('mercury');
  await page.getByRole('option', { name: /Report on mercury/ }).waitFor();
  await assertAccessible(page);
  await page.check();
});

test('plain: the box without JavaScript is a form', async () => {
  const page = await openPage(browser, site.address + '/plain/box.html', { javaScriptEnabled: false });
  await page.getByRole('searchbox').fill('mercury');
  await page.keyboard.press('Enter');
  await page.waitForURL(archive.address + '/search?q=mercury&index=statements');
  await page.check();
});

test("plain: the dialog, opened by the page's own button", async () => {
  const page = await openPage(browser, site.address + '/plain/dialog.html');
  await page.getByRole('button', { name: 'Buscar en el sitio' }).click();
  await page.getByRole('combobox').fill('ninguna represa');
  await page.getByRole('option', { name: /Pronunciamiento/ }).first().waitFor();
  await page.shot('example-dialog');
  await assertAccessible(page);
  await page.check();
});

test('plain: only a form', async () => {
  const page = await openPage(browser, site.address + '/plain/form.html', { javaScriptEnabled: false });
  await page.getByRole('searchbox').fill('mercury');
  await page.keyboard.press('Enter');
  assert.match(await page.getByRole('article').first().textContent(), /mercury/i);
  await page.check();
});

test('iframe: the results page answers in the frame', async () => {
  const page = await openPage(browser, site.address + '/iframe/index.html');
  const frame = page.frameLocator('iframe');
  await frame.getByRole('searchbox').fill('mercury');
  await frame.getByRole('searchbox').press('Enter');
  await frame.getByRole('article').first().waitFor();
  // The empty page asks for the focus, which a frame of another site does not get.
  await page.check(/^Blocked autofocusing/);
});

test('InstantSearch: the published packages search, highlight, facet and page', async () => {
  const page = await openPage(browser, site.address + '/instantsearch/index.html');
  await page.getByRole('searchbox').fill('river');
  await page.locator('.ais-Hits-item mark').first().waitFor();
  await page.getByRole('button', { name: '2', exact: true }).or(page.getByRole('link', { name: /Page 2/ })).first().click();
  await page.locator('.ais-Pagination-item--selected', { hasText: '2' }).waitFor();
  await page.getByRole('checkbox', { name: /pdf/ }).check();
  await page.locator('.ais-Stats', { hasText: '1 result' }).waitFor();
  assert.equal(await page.locator('.ais-Hits-item').count(), 1);
  await page.shot('instantsearch');
  await page.check();
});
