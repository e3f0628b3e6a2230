// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/pages/texts/texts.h"

namespace quipu::searchd {

constinit const PageTexts kFrenchTexts = {
    .language = "fr",
    .search = "Rechercher",
    .placeholder = "Des mots, ou une « expression »",
    .index_label = "Rechercher dans",
    .welcome = "Texte intégral de {} documents.",
    .one_result = "Un document pour « {1} »",
    .results = "{0} documents pour « {1} »",
    .at_least_results = "Plus de {0} documents pour « {1} »",
    .all_documents = "Les {0} documents",
    .page_of = "page {0} sur {1}",
    .no_results = "Aucun résultat pour « {} ».",
    .no_results_hint = "Essayez avec moins de mots, avec d’autres, ou sans les guillemets.",
    .partial =
        "La recherche a été interrompue parce qu’elle prenait trop de temps ; il peut y avoir d’autres "
        "résultats.",
    .truncated = "La requête était très longue ; ses mots les plus courants ont été laissés de côté.",
    .also_searched = "Voici aussi des résultats pour « {} ».",
    .search_only = "Rechercher seulement",
    .did_you_mean = "Vouliez-vous dire",
    .fewer_words = "Aucun document ne contient ces mots tels quels ; certains ont été laissés de côté.",
    .previous = "Précédent",
    .next = "Suivant",
    .pages = "Pages de résultats",
    .in_text = "dans le texte",
    .original = "Original",
    .cut = "Seul le début de ce très long texte est affiché ici.",
    .unknown_document = "Ce document n’existe pas ici.",
    .also_in = "aussi en {}",
    .duplicates = "Presque identiques ({}) :",
    .pdf_page = "page {}",
    .section = "Section",
    .unknown_index = "Cette collection n’existe pas ici.",
    .not_built =
        "Cette collection n’est pas encore indexée. Elle apparaîtra ici d’elle-même dès qu’elle le sera.",
    .too_long = "La requête est trop longue : 2 048 octets au maximum.",
    .too_far = "Il n’y a pas de résultats aussi loin.",
    .failed = "Une erreur s’est produite de notre côté. Veuillez réessayer.",
    .back = "Retour à la recherche",
    .needs_key =
        "Cette recherche ne répond qu’aux programmes qui envoient une clé, ce qu’un navigateur ne peut pas "
        "faire de lui-même. Qui l’administre peut ouvrir cette page avec une clé à elle (searchd.page_key).",
    .key_refused = "Cette page est fermée : sa clé a expiré ou a été retirée.",
    .too_often = "Trop de requêtes sont venues de votre adresse. Patientez un instant et réessayez.",
    .filters = "Filtres",
    .facet_language = "Langue",
    .facet_type = "Type",
    .facet_tags = "Mots-clés",
    .chosen = "choisi ; choisir à nouveau pour retirer",
    .show_more = "{} de plus",
    .show_fewer = "Moins",
    .dates_and_order = "Dates et ordre",
    .from = "Du",
    .to = "Au",
    .order = "Ordre",
    .by_rank = "Les meilleurs d’abord",
    .newest_first = "Les plus récents d’abord",
    .oldest_first = "Les plus anciens d’abord",
    .apply = "Appliquer",
    .feed = "Flux des nouveaux résultats",
    .skip = "Aller aux résultats",
    .languages = "Langues",
    .date = "{0} {1} {2}",
    .months = {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
               "octobre", "novembre", "décembre"},
    .thousands = "\u202f",
};

}  // namespace quipu::searchd
