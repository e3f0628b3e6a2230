# SPDX-License-Identifier: GPL-2.0-or-later
# `cpack -G DEB`: quipu-indexer, quipu-searchd, and quipu-common with what both need. scripts/package calls it with the
# surroundings (SOURCE_DATE_EPOCH, umask) that give the same bytes everywhere.
set(QUIPU_PACKAGE_MAINTAINER "Quipu maintainers <maintainers@users.noreply.r-seed-b6110b32.example>" CACHE STRING
    "Who is named in the packages")

# 1~deb12 is older than 1~deb13: who upgrades the system gets the package that was built for it.
set(QUIPU_PACKAGE_RELEASE "" CACHE STRING "What follows Quipu's version in that of the packages; empty: 1 and Debian's release")
set(release "${QUIPU_PACKAGE_RELEASE}")
if(NOT release)
  set(release "1")
  if(EXISTS /etc/os-release)
    file(STRINGS /etc/os-release debian REGEX "^ID=debian$")
    file(STRINGS /etc/os-release number REGEX "^VERSION_ID=")
    if(debian AND number MATCHES "([0-9.]+)")
      set(release "1~deb${CMAKE_MATCH_1}")
    endif()
  endif()
endif()
set(QUIPU_PACKAGE_VERSION "${PROJECT_VERSION}-${release}")

# From the clock of the source, never that of the machine.
set(QUIPU_PACKAGE_DATE "Thu, 01 Jan 1970 00:00:00 +0000")
if(DEFINED ENV{SOURCE_DATE_EPOCH})
  string(TIMESTAMP QUIPU_PACKAGE_DATE "%a, %d %b %Y %H:%M:%S +0000" UTC)
endif()
configure_file(debian/changelog.in debian/changelog @ONLY)

# Only in the packages: `cmake --install` must not write over a configuration that is there.
install(FILES debian/quipu.toml DESTINATION /etc/quipu COMPONENT shared EXCLUDE_FROM_ALL)
foreach(component indexer searchd shared)
  set(package "quipu-${component}")
  if(component STREQUAL "shared")
    set(package "quipu-common")
  endif()
  set(folder "${CMAKE_INSTALL_DATAROOTDIR}/doc/${package}")
  install(FILES debian/copyright DESTINATION "${folder}" COMPONENT ${component} EXCLUDE_FROM_ALL)
  install(FILES "${CMAKE_CURRENT_BINARY_DIR}/debian/changelog" DESTINATION "${folder}" RENAME changelog.Debian
          COMPONENT ${component} EXCLUDE_FROM_ALL)

  string(TOUPPER ${component} COMPONENT)
  set(CPACK_DEBIAN_${COMPONENT}_PACKAGE_NAME ${package})
  set(control)
  foreach(script conffiles postinst prerm postrm)
    if(EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/debian/${component}/${script}")
      list(APPEND control "${CMAKE_CURRENT_SOURCE_DIR}/debian/${component}/${script}")
    endif()
  endforeach()
  set(CPACK_DEBIAN_${COMPONENT}_PACKAGE_CONTROL_EXTRA ${control})
  set(CPACK_DEBIAN_${COMPONENT}_PACKAGE_CONTROL_STRICT_PERMISSION ON)
endforeach()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME quipu)
set(CPACK_PACKAGE_VERSION "${PROJECT_VERSION}")
set(CPACK_PACKAGE_CONTACT "${QUIPU_PACKAGE_MAINTAINER}")
set(CPACK_PACKAGE_VENDOR "Quipu")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")  # each package has its own
set(CPACK_COMPONENTS_ALL indexer searchd shared)
set(CPACK_COMPONENTS_GROUPING ONE_PER_GROUP)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_SET_DESTDIR ON)  # for /etc
set(CPACK_INSTALL_PREFIX "${CMAKE_INSTALL_PREFIX}")
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ
    WORLD_EXECUTE)
set(CPACK_PRE_BUILD_SCRIPTS "${CMAKE_CURRENT_SOURCE_DIR}/debian/staged.cmake")
set(CPACK_THREADS 1)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE "${release}")
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_SOURCE quipu)

set(same "(= ${QUIPU_PACKAGE_VERSION})")
set(CPACK_DEBIAN_INDEXER_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_INDEXER_PACKAGE_DEPENDS "quipu-common ${same}")
set(CPACK_DEBIAN_INDEXER_PACKAGE_PREDEPENDS "init-system-helpers (>= 1.54~)")
set(CPACK_DEBIAN_INDEXER_PACKAGE_RECOMMENDS "poppler-data")
set(CPACK_DEBIAN_INDEXER_PACKAGE_SUGGESTS "quipu-searchd, tesseract-ocr, poppler-utils")
set(CPACK_DEBIAN_INDEXER_DESCRIPTION "turns documents into a full-text search index
Quipu is full-text search for your own archive or web site, on your own
machine. This program reads folders, JSON lines, sitemaps, feeds and whole
sites, in some thirty formats from PDF to mail, and writes an index of them.
Each file is read in a sandboxed process, only what changed is read again, and
searchers never see a half-written index.")

set(CPACK_DEBIAN_SEARCHD_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_SEARCHD_PACKAGE_DEPENDS "quipu-common ${same}")
set(CPACK_DEBIAN_SEARCHD_PACKAGE_PREDEPENDS "init-system-helpers (>= 1.54~)")
set(CPACK_DEBIAN_SEARCHD_PACKAGE_SUGGESTS "quipu-indexer, nginx")
set(CPACK_DEBIAN_SEARCHD_DESCRIPTION "serves full-text search over HTTP
Quipu is full-text search for your own archive or web site, on your own
machine. This program answers searches over the indexes that quipu-indexer
wrote, in the language that the clients of Meilisearch speak, with the
passages that answer. It has a results page that works without JavaScript, and
a search box for other sites' pages. It serves the machine itself and nobody
else unless it is told to.")

set(CPACK_DEBIAN_SHARED_PACKAGE_ARCHITECTURE all)
set(CPACK_DEBIAN_SHARED_PACKAGE_DEPENDS "adduser")
set(CPACK_DEBIAN_SHARED_PACKAGE_SUGGESTS "quipu-indexer, quipu-searchd")
set(CPACK_DEBIAN_SHARED_DESCRIPTION "configuration and manual of Quipu
Quipu is full-text search for your own archive or web site, on your own
machine. This package has what quipu-indexer and quipu-searchd both need:
their configuration, their user, and the manual.")
include(CPack)
