# SPDX-License-Identifier: GPL-2.0-or-later
# The same bytes from whichever folder it is built in; scripts/package --check-reproducible compares two.
option(QUIPU_REPRODUCIBLE "Keep the names of the folders of this build out of the programs" OFF)
if(QUIPU_REPRODUCIBLE)
  target_compile_options(quipu_options INTERFACE "-ffile-prefix-map=${PROJECT_SOURCE_DIR}=/usr/src/quipu"
                         "-ffile-prefix-map=${PROJECT_BINARY_DIR}=/usr/src/quipu/build")
endif()
