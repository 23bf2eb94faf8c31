# Flags that every target of the project is compiled with.
add_library(dro_options INTERFACE)

target_compile_definitions(dro_options INTERFACE _XOPEN_SOURCE=700)
target_compile_options(
  dro_options
  INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion
            # Clang takes every INFINITY and NAN for a promoted float.
            $<$<C_COMPILER_ID:GNU>:-Wdouble-promotion> -Wshadow -Wundef -Wvla -Wcast-qual
            -Wwrite-strings -Wformat=2 -Wstrict-prototypes
            -Wmissing-prototypes -Wswitch-enum
            # Exact predicates need every product rounded as written.
            -ffp-contract=off -fno-math-errno)
if(DRO_WERROR)
  target_compile_options(dro_options INTERFACE -Werror)
endif()
if(DRO_SANITIZE)
  target_compile_options(
    dro_options INTERFACE -fsanitize=${DRO_SANITIZE} -fno-omit-frame-pointer
                          -fno-sanitize-recover=all)
  target_link_options(dro_options INTERFACE -fsanitize=${DRO_SANITIZE})
  if(DRO_SANITIZE MATCHES "address")
    # One malloc per arena item, so that overruns between items are seen.
    target_compile_definitions(dro_options INTERFACE DRO_ARENA_DEBUG=1)
  endif()
endif()
if(DRO_COVERAGE)
  target_compile_options(dro_options INTERFACE --coverage)
  target_link_options(dro_options INTERFACE --coverage)
endif()
if(DRO_FUZZ)
  if(NOT CMAKE_C_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "DRO_FUZZ needs clang: set CMAKE_C_COMPILER=clang")
  endif()
  target_compile_options(dro_options INTERFACE -fsanitize=fuzzer-no-link)
  target_link_options(dro_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
