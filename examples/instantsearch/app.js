// SPDX-License-Identifier: MIT
import { instantMeiliSearch } from '@meilisearch/instant-meilisearch';

const { searchClient } = instantMeiliSearch('https://search.example.org');
const search = instantsearch({ indexName: 'statements', searchClient });
const { searchBox, stats, refinementList, hits, pagination } = instantsearch.widgets;

search.addWidgets([
  searchBox({ container: '#box' }),
  stats({ container: '#stats' }),
  refinementList({ container: '#types', attribute: 'type' }),
  hits({
    container: '#hits',
    templates: {
      // `html` and `Highlight` escape: what is in a document stays text.
      item: (hit, { html, components }) => html`<a href="${hit.url}">${components.Highlight({ attribute: 'title', hit })}</a>`,
    },
  }),
  pagination({ container: '#pages' }),
]);
search.start();
