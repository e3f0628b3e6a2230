// SPDX-License-Identifier: MIT
// Counts stand behind a colon, so that no language needs its plural forms here.
export const names = [
  'close', 'results', 'over', 'none', 'corrected', 'instead', 'mean', 'more', 'all', 'page', 'slow', 'failed',
  'recent', 'clear', 'language', 'type', 'tags', 'partial', 'busy', 'barred',
];
export const languages = {
  en: [
    'Close', 'Results: {}', 'Results: more than {}', 'Nothing was found for “{}”.', 'Results for “{}”.',
    'Search instead for “{}”', 'Did you mean “{}”?', 'More results', 'All results', 'page {}',
    'The search is taking long. Press Enter for the page of results.',
    'The search cannot be reached right now. Press Enter to try the page of results.',
    'Recent searches', 'Clear', 'Language', 'Type', 'Tags', 'The search was cut short; there may be more.',
    'The search is busy. Please try again in a moment.', 'This page may not search here.',
  ],
  es: [
    'Cerrar', 'Resultados: {}', 'Resultados: más de {}', 'No se encontró nada para «{}».', 'Resultados para «{}».',
    'Buscar en cambio «{}»', '¿Quiso decir «{}»?', 'Más resultados', 'Todos los resultados', 'página {}',
    'La búsqueda está tardando. Pulse Intro para ver la página de resultados.',
    'No se puede alcanzar el buscador ahora. Pulse Intro para probar la página de resultados.',
    'Búsquedas recientes', 'Borrar', 'Idioma', 'Tipo', 'Etiquetas', 'La búsqueda se interrumpió; puede haber más.',
    'El buscador está ocupado. Inténtelo de nuevo en un momento.', 'Esta página no puede usar este buscador.',
  ],
  fr: [
    'Fermer', 'Résultats : {}', 'Résultats : plus de {}', 'Aucun résultat pour « {} ».', 'Résultats pour « {} ».',
    'Rechercher plutôt « {} »', 'Vouliez-vous dire « {} » ?', 'Plus de résultats', 'Tous les résultats', 'page {}',
    'La recherche prend du temps. Appuyez sur Entrée pour la page de résultats.',
    'La recherche est injoignable pour le moment. Appuyez sur Entrée pour essayer la page de résultats.',
    'Recherches récentes', 'Effacer', 'Langue', 'Type', 'Mots-clés', 'La recherche a été interrompue ; il peut y en avoir plus.',
    'La recherche est surchargée. Réessayez dans un instant.', 'Cette page n’est pas autorisée à rechercher ici.',
  ],
  pt: [
    'Fechar', 'Resultados: {}', 'Resultados: mais de {}', 'Nada foi encontrado para “{}”.', 'Resultados para “{}”.',
    'Pesquisar antes “{}”', 'Quis dizer “{}”?', 'Mais resultados', 'Todos os resultados', 'página {}',
    'A pesquisa está a demorar. Prima Enter para a página de resultados.',
    'A pesquisa não está acessível agora. Prima Enter para tentar a página de resultados.',
    'Pesquisas recentes', 'Limpar', 'Idioma', 'Tipo', 'Etiquetas', 'A pesquisa foi interrompida; pode haver mais.',
    'A pesquisa está sobrecarregada. Tente de novo dentro de momentos.', 'Esta página não tem autorização para pesquisar aqui.',
  ],
  de: [
    'Schließen', 'Treffer: {}', 'Treffer: mehr als {}', 'Nichts gefunden für „{}“.', 'Treffer für „{}“.',
    'Stattdessen nach „{}“ suchen', 'Meinten Sie „{}“?', 'Mehr Treffer', 'Alle Treffer', 'Seite {}',
    'Die Suche dauert lange. Mit der Eingabetaste kommen Sie zur Trefferseite.',
    'Die Suche ist gerade nicht erreichbar. Versuchen Sie mit der Eingabetaste die Trefferseite.',
    'Letzte Suchen', 'Löschen', 'Sprache', 'Art', 'Schlagwörter', 'Die Suche wurde abgebrochen; es kann mehr geben.',
    'Die Suche ist überlastet. Versuchen Sie es gleich noch einmal.', 'Diese Seite darf hier nicht suchen.',
  ],
  it: [
    'Chiudi', 'Risultati: {}', 'Risultati: oltre {}', 'Nessun risultato per «{}».', 'Risultati per «{}».',
    'Cerca invece «{}»', 'Forse cercava «{}»?', 'Altri risultati', 'Tutti i risultati', 'pagina {}',
    'La ricerca richiede tempo. Premere Invio per la pagina dei risultati.',
    'La ricerca non è raggiungibile ora. Premere Invio per provare la pagina dei risultati.',
    'Ricerche recenti', 'Cancella', 'Lingua', 'Tipo', 'Etichette', 'La ricerca è stata interrotta; potrebbe esserci altro.',
    'La ricerca è sovraccarica. Riprovi tra un momento.', 'Questa pagina non è autorizzata a cercare qui.',
  ],
  ar: [
    'إغلاق', 'النتائج: {}', 'النتائج: أكثر من {}', 'لم يُعثر على شيء عن «{}».', 'نتائج «{}».',
    'ابحث بدلا من ذلك عن «{}»', 'هل تقصد «{}»؟', 'مزيد من النتائج', 'كل النتائج', 'صفحة {}',
    'البحث يستغرق وقتا طويلا. اضغط Enter لصفحة النتائج.',
    'لا يمكن الوصول إلى البحث الآن. اضغط Enter لتجربة صفحة النتائج.',
    'عمليات البحث الأخيرة', 'مسح', 'اللغة', 'النوع', 'الوسوم', 'توقف البحث قبل نهايته؛ قد يكون هناك المزيد.',
    'البحث مشغول الآن. حاول مرة أخرى بعد لحظة.', 'لا يُسمح لهذه الصفحة بالبحث هنا.',
  ],
  qu: [
    'Wichqʼay', 'Tarisqakuna: {}', 'Tarisqakuna: {} aswan', '«{}» nisqamanta mana imapas tarikunchu.', '«{}» nisqapaq tarisqakuna.',
    'Aswanpas «{}» maskʼay', '¿«{}» niyta munarqankichu?', 'Aswan tarisqakuna', 'Llapan tarisqakuna', '{} pʼanqa',
    'Maskʼayqa unayachkan. Enter ñitʼiy tarisqakuna pʼanqaman rinaykipaq.',
    'Kunanqa manam maskʼayta atikunchu. Enter ñitʼiy tarisqakuna pʼanqaman rinaykipaq.',
    'Qayna maskʼasqakuna', 'Pichay', 'Rimay', 'Imayna', 'Unanchakuna', 'Maskʼayqa manaraq tukuspa sayarqan.',
    'Kunanqa achka maskʼay kachkan. Asllamanta yapamanta maskʼay.', 'Kay pʼanqaqa manam kaypi maskʼayta atinchu.',
  ],
};

/** The texts for a language tag: those of the language, else English, with the page's own over them. */
export function textsFor(tag, own) {
  const list = languages[tag.slice(0, 2)] || languages.en;
  return { ...Object.fromEntries(names.map((name, at) => [name, list[at]])), ...own };
}
