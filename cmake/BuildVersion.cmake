# SPDX-License-Identifier: GPL-2.0-or-later
# The version, commit and date that --version and /version show. An archive without .git says "unknown";
# SOURCE_DATE_EPOCH is honoured through git's commit date, never the clock, so builds can be reproduced.
set(QUIPU_COMMIT_SHA "unknown")
set(QUIPU_COMMIT_DATE "unknown")
find_package(Git QUIET)
if(GIT_FOUND AND EXISTS "${PROJECT_SOURCE_DIR}/.git")
  execute_process(COMMAND ${GIT_EXECUTABLE} -c safe.directory=* log -1 --format=%H
                  WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}" OUTPUT_VARIABLE sha
                  OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
  if(NOT failed AND sha)
    set(QUIPU_COMMIT_SHA "${sha}")
    execute_process(COMMAND ${GIT_EXECUTABLE} -c safe.directory=* log -1 --format=%cI
                    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}" OUTPUT_VARIABLE QUIPU_COMMIT_DATE
                    OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  endif()
endif()
configure_file("${PROJECT_SOURCE_DIR}/core/base/version.h.in" "${PROJECT_BINARY_DIR}/generated/quipu/version.h" @ONLY)
