# SPDX-License-Identifier: GPL-2.0-or-later
# Makes the widget's two files of its modules and styles: joined, without comments, indentation and imports.
# No line of the sources may begin with `//` or blanks inside a text.

# quipu_squeeze(VARIABLE FILE): the file without what only people read.
function(quipu_squeeze variable file)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/widget/${file}")
  file(READ "${CMAKE_CURRENT_SOURCE_DIR}/widget/${file}" text)
  set(text "\n${text}")
  string(REGEX REPLACE "/\\*[^*]*(\\*+[^/*][^*]*)*\\*+/" "" text "${text}")
  string(REGEX REPLACE "\n[ \t]+" "\n" text "${text}")
  string(REGEX REPLACE "\n//[^\n]*" "\n" text "${text}")
  string(REGEX REPLACE " // [^\n]*\n" "\n" text "${text}")
  string(REGEX REPLACE "\nimport [^\n]*" "\n" text "${text}")
  string(REGEX REPLACE "\n\n+" "\n" text "${text}")
  string(REGEX REPLACE "^\n" "" text "${text}")
  if(file MATCHES "css$")
    string(REGEX REPLACE "[ \n]*([{};,])[ \n]*" "\\1" text "${text}")
    string(REGEX REPLACE "([a-z]): " "\\1:" text "${text}")
  endif()
  set(${variable} "${text}" PARENT_SCOPE)
endfunction()

quipu_squeeze(QUIPU_SHELL_STYLE shell.css)
quipu_squeeze(panel_style style.css)
set(QUIPU_WIDGET_MAIN "// Quipu's search widget, SPDX-License-Identifier: MIT\nconst style = `${panel_style}`;\n")
foreach(module marked.js recent.js texts.js main.js)
  quipu_squeeze(text ${module})
  if(NOT module STREQUAL "main.js")
    string(REGEX REPLACE "(^|\n)export " "\\1" text "${text}")
  endif()
  string(APPEND QUIPU_WIDGET_MAIN "${text}")
endforeach()
string(SHA256 hash "${QUIPU_WIDGET_MAIN}")
string(SUBSTRING "${hash}" 0 12 QUIPU_WIDGET_HASH)

quipu_squeeze(loader loader.js)
string(CONFIGURE "${loader}" QUIPU_WIDGET_LOADER @ONLY)
set(QUIPU_WIDGET_LOADER "// Quipu's search widget, SPDX-License-Identifier: MIT\n${QUIPU_WIDGET_LOADER}")
string(SHA256 hash "${QUIPU_WIDGET_LOADER}")
string(SUBSTRING "${hash}" 0 12 QUIPU_LOADER_HASH)

configure_file(widget/widget_files.cpp.in "${CMAKE_CURRENT_BINARY_DIR}/widget_files.cpp" @ONLY)
# The same as files, for the tests of their size and their licence line.
file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/widget/embed.js" "${QUIPU_WIDGET_LOADER}")
file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/widget/main.js" "${QUIPU_WIDGET_MAIN}")
