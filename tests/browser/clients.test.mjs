// SPDX-License-Identifier: GPL-2.0-or-later
// Programs that know nothing of Quipu: the published JavaScript client, and the snippets of docs/clients.md.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { instantMeiliSearch } from '@meilisearch/instant-meilisearch';
import { Meilisearch } from 'meilisearch';
import { serveArchive } from './archive.mjs';

const manual = readFileSync(join(process.env.QUIPU_SOURCE, 'docs/clients.md'), 'utf8');
let archive, client, index;

before(async () => {
  archive = await serveArchive();
  client = new Meilisearch({ host: archive.address });
  index = client.index('statements');
});
after(() => archive?.stop());

const ids = (answer) => answer.hits.map((hit) => hit.id);

/** What works, by name; each is told in docs/clients.md. */
const works = {
  health: async () => assert.equal((await client.health()).status, 'available'),
  isHealthy: async () => assert.equal(await client.isHealthy(), true),
  getVersion: async () => assert.ok((await client.getVersion()).pkgVersion),
  getStats: async () => {
    assert.equal((await client.getStats()).indexes.statements.numberOfDocuments, 29);
    assert.equal((await index.getStats()).fieldDistribution.title, 29);
  },
  getIndexes: async () => assert.equal((await client.getIndexes({ limit: 5 })).results[0].uid, 'statements'),
  getRawIndexes: async () => assert.equal((await client.getRawIndexes()).total, 1),
  getIndex: async () => assert.equal((await client.getIndex('statements')).primaryKey, 'id'),
  getRawIndex: async () => assert.ok((await client.getRawIndex('statements')).updatedAt),
  getRawInfo: async () => assert.equal((await index.getRawInfo()).uid, 'statements'),
  fetchInfo: async () => assert.ok((await index.fetchInfo()).updatedAt instanceof Date),
  fetchPrimaryKey: async () => assert.equal(await index.fetchPrimaryKey(), 'id'),
  search: async () => {
    const answer = await index.search('river', {
      filter: ['language = en', ['type = pdf', 'type = html']], facets: ['type'], sort: ['date:desc'], limit: 3,
      attributesToHighlight: ['title'], attributesToCrop: ['body:5'], showMatchesPosition: true, showRankingScore: true,
    });
    assert.equal(answer.hits.length, 3);
    assert.equal(answer.facetDistribution.type.pdf, 1);
    assert.match(answer.hits[1]._formatted.title, /Statement on the <em>rivers<\/em>, 2024/);
    assert.ok(answer.hits[0]._rankingScore > 0);
    assert.ok(answer.hits[1]._matchesPosition.title);
  },
  searchGet: async () => {
    const answer = await index.searchGet('mercury', { filter: 'type = pdf', attributesToRetrieve: ['id'], page: 1, hitsPerPage: 5 });
    assert.deepEqual(ids(answer), ['report.pdf']);
    assert.equal(answer.totalPages, 1);
  },
  searchForFacetValues: async () => {
    const { facetHits } = await index.searchForFacetValues({ facetName: 'type', facetQuery: 'p', q: 'river', filter: 'language = en' });
    assert.deepEqual(facetHits, [{ value: 'pdf', count: 1 }]);
  },
  searchSimilarDocuments: async () => {
    const answer = await index.searchSimilarDocuments({ id: 'statement-2003.html', embedder: 'default', limit: 2, showRankingScore: true });
    assert.ok(ids(answer).every((id) => id.startsWith('statement-')));
    assert.ok(answer.hits.length > 0);
  },
  multiSearch: async () => {
    const both = await client.multiSearch({ queries: [{ indexUid: 'statements', q: 'mercury', limit: 1 }, { indexUid: 'statements', q: 'represa' }] });
    assert.deepEqual(both.results.map((one) => one.indexUid), ['statements', 'statements']);
    const merged = await client.multiSearch({ federation: { limit: 2 }, queries: [{ indexUid: 'statements', q: 'mercury' }] });
    assert.equal(merged.hits[0]._federation.indexUid, 'statements');
  },
  getDocument: async () => assert.deepEqual(await index.getDocument('report.pdf', { fields: ['title'] }), { title: 'Report on mercury' }),
  getDocuments: async () => {
    assert.equal((await index.getDocuments({ limit: 2, offset: 1, fields: ['id'] })).results.length, 2);
    assert.equal((await index.getDocuments({ filter: 'type = pdf' })).total, 1);
    const named = await index.getDocuments({ ids: ['rios.html', 'report.pdf'], sort: ['date:asc'] });
    assert.deepEqual(named.results.map((one) => one.id), ['rios.html', 'report.pdf']);
  },
};

/** The calls that would change something, with arguments that the client itself lets through. */
const writes = {
  createIndex: () => client.createIndex('a'), updateIndex: () => client.updateIndex('statements', {}),
  deleteIndex: () => client.deleteIndex('statements'), deleteIndexIfExists: () => client.deleteIndexIfExists('statements'),
  update: () => index.update({}), delete: () => index.delete(),
  addDocuments: () => index.addDocuments([{ id: 1 }]),
  addDocumentsFromString: () => index.addDocumentsFromString('{"id":1}', 'application/x-ndjson'),
  addDocumentsInBatches: () => index.addDocumentsInBatches([{ id: 1 }])[0],
  updateDocuments: () => index.updateDocuments([{ id: 1 }]),
  updateDocumentsInBatches: () => index.updateDocumentsInBatches([{ id: 1 }])[0],
  updateDocumentsFromString: () => index.updateDocumentsFromString('{"id":1}', 'application/x-ndjson'),
  updateDocumentsByFunction: () => index.updateDocumentsByFunction({ function: 'x' }),
  deleteDocument: () => index.deleteDocument('report.pdf'), deleteDocuments: () => index.deleteDocuments(['report.pdf']),
  deleteAllDocuments: () => index.deleteAllDocuments(),
  updateSettings: () => index.updateSettings({}), resetSettings: () => index.resetSettings(),
  updateSynonyms: () => index.updateSynonyms({}), resetSynonyms: () => index.resetSynonyms(),
  updateChat: () => index.updateChat({}),
  updateKey: () => client.updateKey('a', {}), deleteKey: () => client.deleteKey('a'),
  updateWebhook: () => client.updateWebhook('a', {}), deleteWebhook: () => client.deleteWebhook('a'),
  updateExperimentalFeatures: () => client.updateExperimentalFeatures({}),
};

/** What Quipu does not have. */
const missing = {
  getSettings: () => index.getSettings(), getSynonyms: () => index.getSynonyms(), getFields: () => index.getFields(),
  getChat: () => index.getChat(), getKeys: () => client.getKeys(), getKey: () => client.getKey('a'),
  createKey: () => client.createKey({}), createDump: () => client.createDump(), createSnapshot: () => client.createSnapshot(),
  swapIndexes: () => client.swapIndexes([]), getWebhooks: () => client.getWebhooks(), getWebhook: () => client.getWebhook('a'),
  createWebhook: () => client.createWebhook({}), getNetwork: () => client.getNetwork(),
  getExperimentalFeatures: () => client.getExperimentalFeatures(), getChatWorkspaces: () => client.getChatWorkspaces(),
};

for (const [name, call] of Object.entries(works)) test(`${name} works`, call);

for (const [name, call] of Object.entries(writes)) {
  test(`${name} answers how an index is changed`, async () => {
    await assert.rejects(call, (fault) => fault.response?.status === 405 && fault.cause.code === 'method_not_allowed'
      && fault.message.includes('`quipu-indexer run` changes an index'));
  });
}

for (const [name, call] of Object.entries(missing)) {
  test(`${name} is not found`, () => assert.rejects(call, (fault) => fault.response?.status === 404 && fault.cause.code === 'not_found'));
}

test('errors are those that the client knows', async () => {
  await assert.rejects(client.index('nothing').search(''), (fault) => fault.cause.code === 'index_not_found');
  await assert.rejects(index.getDocument('nothing'), (fault) => fault.cause.code === 'document_not_found');
  await assert.rejects(index.search('', { filter: 'type =' }), (fault) => fault.cause.code === 'invalid_search_filter');
  await assert.rejects(index.search('', { hybrid: { embedder: 'default' } }), (fault) => fault.cause.code === 'feature_not_enabled');
});

test('the manual names every call of the client', () => {
  const of = (one) => Object.getOwnPropertyNames(Object.getPrototypeOf(one));
  const rest = /^(constructor|index|tasks|batches|chat|(get|update|reset)[A-Z]\w*)$|Remote|Network/; // in the manual by their kind
  const named = (name) => assert.ok(manual.includes('`' + name + '`'), `docs/clients.md does not name ${name}`);
  for (const name of [...of(client), ...of(index)]) if (!rest.test(name)) named(name);
  for (const name of Object.keys(works)) named(name);
});

test('the client of InstantSearch searches, filters, marks, pages and searches in facets', async () => {
  const { searchClient } = instantMeiliSearch(archive.address);
  const ask = { indexName: 'statements', params: { query: 'river', facets: ['type', 'language'], page: 1, hitsPerPage: 5, maxValuesPerFacet: 10,
    highlightPreTag: '__ais-highlight__', highlightPostTag: '__/ais-highlight__', numericFilters: [] } };
  const { results: [page] } = await searchClient.search([ask]);
  assert.equal(page.hits.length, 5);
  assert.equal(page.page, 1);
  assert.ok(page.nbHits > 5 && page.nbPages > 1);
  assert.match(JSON.stringify(page.hits[0]._highlightResult), /__ais-highlight__river/);
  const { results: [filtered] } = await searchClient.search([{ ...ask, params: { ...ask.params, page: 0, facetFilters: [['type:pdf']] } }]);
  assert.deepEqual(ids(filtered), ['report.pdf']);
  const [values] = await searchClient.searchForFacetValues([{ indexName: 'statements', params: { facetName: 'type', facetQuery: 'pd', query: 'river' } }]);
  assert.deepEqual(values.facetHits.map((one) => one.value), ['pdf']);
});

const snippets = [...manual.matchAll(/^```(sh|python|php)\n([^]*?)^```$/gm)];
const programs = { sh: ['sh', '-ec'], python: ['python3', '-c'], php: ['php', '-r'] };
for (const [, language, text] of snippets) {
  const first = text.split('\n')[0];
  test(`the ${language} snippet that begins with “${first}” prints what it found`, async (context) => {
    const program = text.replaceAll('https://search.example.org', archive.address).replace(/^<\?php/, '');
    const [command, flag] = programs[language];
    const run = promisify(execFile)(command, [flag, program], { timeout: 20000 });
    const ended = await run.catch((fault) => fault.code === 'ENOENT' ? null : Promise.reject(fault));
    if (ended === null) return context.skip(`there is no ${command}`);
    assert.match(ended.stdout, /mercury|Pronunciamiento/i);
  });
}

test('the manual has snippets in all three languages', () => {
  assert.deepEqual(new Set(snippets.map((one) => one[1])), new Set(Object.keys(programs)));
});
