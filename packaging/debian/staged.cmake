# SPDX-License-Identifier: GPL-2.0-or-later
# Runs between the staging of a package's files and its making: packs pages and changelogs as Debian wants them, and gives
# every file the time of the source.
if(NOT CPACK_GENERATOR STREQUAL "DEB")
  return()
endif()
execute_process(COMMAND find "${CPACK_TEMPORARY_DIRECTORY}" -type f ( -path "*/share/man/*.[1-9]" -o -name changelog.Debian )
                        -exec gzip --best --no-name {} + COMMAND_ERROR_IS_FATAL ANY)
if(DEFINED ENV{SOURCE_DATE_EPOCH})
  execute_process(COMMAND find "${CPACK_TEMPORARY_DIRECTORY}" -exec touch --no-dereference "--date=@$ENV{SOURCE_DATE_EPOCH}" {} +
                  COMMAND_ERROR_IS_FATAL ANY)
endif()
