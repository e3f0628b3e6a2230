# SPDX-License-Identifier: GPL-2.0-or-later
# Sources of one target that declare different names are compiled together, in the builds that nobody ships: those with
# sanitizers (of the presets: asan). Which ones may be is for tests/lint/source_groups.py to say.
option(QUIPU_UNITY "Compile sources in groups" OFF)
if(QUIPU_UNITY)
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/tests/lint/source_groups.py")
endif()

function(quipu_unity target)
  if(NOT QUIPU_UNITY)
    return()
  endif()
  get_target_property(sources ${target} SOURCES)
  list(FILTER sources INCLUDE REGEX "\\.cpp$")
  execute_process(COMMAND "${Python3_EXECUTABLE}" -B "${PROJECT_SOURCE_DIR}/tests/lint/source_groups.py" 8 ${sources}
    WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" OUTPUT_VARIABLE groups OUTPUT_STRIP_TRAILING_WHITESPACE
    COMMAND_ERROR_IS_FATAL ANY)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  string(REPLACE "\n" "|" groups "${groups}")
  string(REPLACE ";" "," groups "${groups}")
  string(REPLACE "|" ";" groups "${groups}")
  set(number 0)
  foreach(group IN LISTS groups)
    math(EXPR number "${number} + 1")
    string(REPLACE "," ";" files "${group}")
    set_source_files_properties(${files} PROPERTIES UNITY_GROUP "${target}_${number}")
  endforeach()
endfunction()
