// SPDX-License-Identifier: MIT
import { useEffect } from 'react';

const host = 'https://search.example.org';

/** <Search index="statements" facets="language,type" mode="dialog" /> */
export function Search(options) {
  useEffect(() => {
    if (document.querySelector(`script[src="${host}/embed.js"]`)) return;
    document.head.append(Object.assign(document.createElement('script'), { src: host + '/embed.js', defer: true }));
  }, []);
  return <quipu-search {...options} />;
}
