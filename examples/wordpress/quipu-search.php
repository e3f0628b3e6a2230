<?php
/**
 * Plugin Name: Quipu search
 * Description: [quipu_search] shows the search box; [quipu_search mode="dialog"] a button that opens it.
 * License: MIT
 * SPDX-License-Identifier: MIT
 */
if (!defined('ABSPATH')) exit;

const QUIPU_HOST = 'https://search.example.org';
const QUIPU_INDEX = 'statements';

add_shortcode('quipu_search', function ($given) {
    $options = shortcode_atts(['mode' => 'box', 'facets' => ''], $given);
    wp_enqueue_script('quipu-search', QUIPU_HOST . '/embed.js', [], null, ['strategy' => 'defer']);
    return sprintf(
        '<quipu-search index="%1$s" mode="%2$s" facets="%3$s"><form action="%4$s" role="search"><input type="search" name="q" aria-label="%5$s">'
        . '<input type="hidden" name="index" value="%1$s"><button type="submit">%5$s</button></form></quipu-search>',
        esc_attr(QUIPU_INDEX), esc_attr($options['mode']), esc_attr($options['facets']),
        esc_url(QUIPU_HOST . '/search'), esc_attr__('Search')
    );
});
