# SPDX-License-Identifier: GPL-2.0-or-later
# The standard library's and GoogleTest's headers are parsed once, not once a file: the whole build takes about
# 0.6 of the time. The lint preset does without: clang-tidy cannot read those of g++.
option(QUIPU_PRECOMPILE "Precompile the headers that most files include" ON)

set(QUIPU_STANDARD_HEADERS <algorithm> <array> <atomic> <chrono> <cstdint> <filesystem> <fstream> <functional> <map> <memory>
    <mutex> <optional> <set> <span> <sstream> <string> <string_view> <thread> <unordered_map> <utility> <variant> <vector>)

# quipu_precompiled(NAME HEADERS… LINK …): a target whose only purpose is to own a precompiled header.
function(quipu_precompiled name)
  if(NOT QUIPU_PRECOMPILE)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "HEADERS;LINK" ${ARGN})
  set(empty "${PROJECT_BINARY_DIR}/generated/${name}.cpp")
  file(CONFIGURE OUTPUT "${empty}" CONTENT "// Owns a precompiled header.\n")
  add_library(${name} OBJECT "${empty}")
  target_link_libraries(${name} PRIVATE quipu_options ${ARG_LINK})
  target_precompile_headers(${name} PRIVATE ${ARG_HEADERS})
endfunction()

function(quipu_precompile target owner)
  if(QUIPU_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM ${owner})
  endif()
endfunction()

quipu_precompiled(quipu_pch HEADERS ${QUIPU_STANDARD_HEADERS})
