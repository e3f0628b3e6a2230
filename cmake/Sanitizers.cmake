# SPDX-License-Identifier: GPL-2.0-or-later
if(QUIPU_FUZZ)
  # One build for both: every object carries coverage; only the fuzz targets themselves link libFuzzer's main.
  set(QUIPU_SANITIZE address,undefined)
  target_compile_options(quipu_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(QUIPU_SANITIZE)
  target_compile_options(quipu_options INTERFACE -fsanitize=${QUIPU_SANITIZE} -fno-omit-frame-pointer
                         -fno-sanitize-recover=all)
  # UBSan asks the kernel whether an object's memory can be read, with a pipe: the extraction processes may make none.
  target_compile_options(quipu_options INTERFACE -fno-sanitize=vptr)
  target_link_options(quipu_options INTERFACE -fsanitize=${QUIPU_SANITIZE})
endif()
# Hardening for what is shipped; it costs nothing measurable.
if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT QUIPU_SANITIZE)
  target_compile_options(quipu_options INTERFACE -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
  target_link_options(quipu_options INTERFACE -Wl,-z,relro,-z,now)
endif()
