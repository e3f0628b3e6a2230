# SPDX-License-Identifier: GPL-2.0-or-later
# Debian has no static libraries of Xapian, fmt, cld2, cpp-httplib, toml++, md4c, poppler and libsystemd, and a static libstdc++
# beside theirs would be a second one in the process. So the tarball brings shared ones, which the programs find beside
# themselves: by RPATH, not RUNPATH, since libraries of libraries must come from there too.
option(QUIPU_PORTABLE "The programs look for their libraries in ../lib/quipu first" OFF)
if(QUIPU_PORTABLE)
  set(CMAKE_INSTALL_RPATH "$ORIGIN/../lib/quipu")
  add_link_options(-Wl,--disable-new-dtags)
endif()
