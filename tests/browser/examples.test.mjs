// SPDX-License-Identifier: GPL-2.0-or-later
// The examples as they stand, with only the server's address put in.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { Liquid } from 'liquidjs';
import { compileScript, parse } from 'vue/compiler-sfc';
import { serveArchive } from './archive.mjs';
import { assertAccessible, launch, openPage, serveSite } from './browser.mjs';

let archive, browser, site;
const replaced = {};
const pages = {};
const example = (path) => join(process.env.QUIPU_SOURCE, 'examples', path);

before(async () => {
  site = await serveSite(pages, {
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

/** A page with `body` is a site's; the box or dialog in it searches. */
async function searchIn(body, more = {}) {
  Object.assign(pages, more, { '/site.html': `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A site</title></head><body>${body}</body></html>` });
  const page = await openPage(browser, site.address + '/site.html');
  const opener = page.getByRole('button', { name: 'Search' });
  await page.waitForFunction(() => document.querySelector('quipu-search')?.shadowRoot);
  if (await page.locator('quipu-search[mode=dialog]').count()) await opener.click();
  await page.getByRole('searchbox').or(page.getByRole('combobox')).fill('mercury');
  await page.getByRole('option', { name: /Report on mercury/ }).waitFor();
  return page;
}

const run = (command, given) => promisify(execFile)(command, given, { timeout: 20000 })
  .catch((fault) => fault.code === 'ENOENT' ? null : Promise.reject(fault));

/** One script for browsers of the module `contents`. */
async function bundle(contents) {
  const { outputFiles: [file] } = await build({
    stdin: { contents, loader: 'jsx', resolveDir: example('.') }, bundle: true, write: false, jsx: 'automatic', logLevel: 'silent',
    nodePaths: [process.env.QUIPU_PACKAGES], define: { 'process.env.NODE_ENV': '"production"', __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
  });
  return file.text.replaceAll('https://search.example.org', archive.address);
}

test('React: the component shows the box, which searches', async () => {
  const script = await bundle(`import { createRoot } from 'react-dom/client';
    import { Search } from './react/Search.jsx';
    createRoot(document.getElementById('app')).render(<Search index="statements" facets="language,type" />);`);
  const page = await searchIn('<div id="app"></div><script src="/bundle.js"></script>', { '/bundle.js': script });
  assert.equal(await page.getByRole('button', { name: /^PDF/ }).count(), 1);
  await page.check();
});

test('Vue: the component shows the dialog, which searches', async () => {
  const { descriptor } = parse(readFileSync(example('vue/Search.vue'), 'utf8'));
  const { content } = compileScript(descriptor, { id: 'search', genDefaultAs: 'Search', inlineTemplate: true,
    templateOptions: { compilerOptions: { isCustomElement: (tag) => tag === 'quipu-search' } } });
  const script = await bundle(`${content}
    import { createApp } from 'vue';
    createApp(Search, { index: 'statements', mode: 'dialog' }).mount('#app');`);
  const page = await searchIn('<div id="app"></div><script src="/bundle.js"></script>', { '/bundle.js': script });
  await page.check();
});

test('Jekyll: the include, as LiquidJS renders it, searches', async () => {
  const html = await new Liquid().parseAndRender(readFileSync(example('jekyll/_includes/search.html'), 'utf8'),
    { site: { quipu: { host: archive.address, index: 'statements' } } });
  assert.doesNotMatch(html, /SPDX|[{}]/);
  const page = await searchIn(html);
  await page.check();
});

test('Hugo: the partial searches', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'quipu-hugo-'));
  try {
    cpSync(example('hugo'), folder, { recursive: true });
    writeFileSync(join(folder, 'hugo.toml'), `[params.quipu]\nhost = "${archive.address}"\nindex = "statements"\n`);
    writeFileSync(join(folder, 'layouts/index.html'), '{{ partial "search.html" . }}');
    const ended = await run('hugo', ['--quiet', '--source', folder, '--config', join(folder, 'hugo.toml')]);
    if (ended === null) return context.skip('there is no hugo');
    const page = await searchIn(readFileSync(join(folder, 'public/index.html'), 'utf8'));
    await page.check();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('WordPress: the shortcode, with the functions that it calls stood in for, searches', async (context) => {
  const stage = `define('ABSPATH', '/'); $codes = [];
    function add_shortcode($name, $code) { global $codes; $codes[$name] = $code; }
    function shortcode_atts($known, $given) { return array_merge($known, array_intersect_key((array) $given, $known)); }
    function wp_enqueue_script($name, $src, $needs, $version, $how) { echo "<script src='$src' {$how['strategy']}></script>"; }
    function esc_attr($text) { return htmlspecialchars($text, ENT_QUOTES); }
    function esc_attr__($text) { return esc_attr($text); }
    function esc_url($url) { return esc_attr($url); }
    include '${example('wordpress/quipu-search.php')}';
    echo $codes['quipu_search'](['mode' => '"><b>', 'evil' => 'x']) . '<hr>' . $codes['quipu_search'](['mode' => 'dialog', 'facets' => 'type']);`;
  const ended = await run('php', ['-r', stage]);
  if (ended === null) return context.skip('there is no php; scripts/install-dependencies --test installs it');
  assert.doesNotMatch(ended.stdout, /<b>|evil/);
  const page = await searchIn(ended.stdout.replace(/<quipu-search[^]*?<hr>/, '').replaceAll('https://search.example.org', archive.address));
  await page.check();
});
