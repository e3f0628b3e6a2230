# SPDX-License-Identifier: GPL-2.0-or-later
# One INTERFACE target carries what every target of ours is compiled with.
add_library(quipu_options INTERFACE)
target_compile_features(quipu_options INTERFACE cxx_std_20)
target_include_directories(quipu_options INTERFACE "${PROJECT_SOURCE_DIR}" "${PROJECT_BINARY_DIR}/generated")
target_compile_options(quipu_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wcast-align
  -Woverloaded-virtual -Wconversion -Wno-sign-conversion -Wformat=2 -Wimplicit-fallthrough)
# A struct with defaults, filled in by name, is how options are passed here: what is left out is meant.
target_compile_options(quipu_options INTERFACE -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 warns wrongly about `"literal" + std::string` and moved strings (GCC bugs 105651, 105329); in a
  # precompiled header it forgets that these are a system's headers.
  target_compile_options(quipu_options INTERFACE -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow
                         -Wno-stringop-overread)
endif()
option(QUIPU_WERROR "Treat warnings as errors" OFF)
if(QUIPU_WERROR)
  target_compile_options(quipu_options INTERFACE -Werror)
endif()

# quipu_library(NAME SOURCES … LINK …): a static library of ours.
function(quipu_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC quipu_options ${ARG_LINK} PRIVATE ${ARG_PRIVATE_LINK})
  if(NOT QUIPU_FUZZ)  # one build does without, and so finds every include that a file forgot
    quipu_precompile(${name} quipu_pch)
  endif()
  quipu_unity(${name})
endfunction()
