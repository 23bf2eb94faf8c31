# Every tests/<kind>/<prefix>_*.c is a program of its own, built into
# <build>/tests/<kind>/, where tests/run.sh finds it.
pkg_check_modules(DRO_CHECK REQUIRED IMPORTED_TARGET check)
# The tests read and write GeoJSON with a library that is not our own.
pkg_check_modules(DRO_JANSSON REQUIRED IMPORTED_TARGET jansson)

# What several tests share: tests/support/*.c.
file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/support/*.c)
add_library(dro_test_support STATIC EXCLUDE_FROM_ALL ${sources})
target_include_directories(dro_test_support PRIVATE ${PROJECT_SOURCE_DIR}/tests
                                                    ${PROJECT_SOURCE_DIR}/src)
target_compile_definitions(
  dro_test_support PRIVATE DRO_TEST_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
target_link_libraries(
  dro_test_support PUBLIC libderrotero PRIVATE PkgConfig::DRO_JANSSON dro_options)

function(dro_test_program kind source)
  get_filename_component(name ${source} NAME_WE)
  add_executable(${name} ${source} ${ARGN})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests
                                             ${PROJECT_SOURCE_DIR}/src)
  target_compile_definitions(
    ${name} PRIVATE CK_FLOATING_DIG=17
                    DRO_TEST_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE dro_test_support libderrotero dro_options)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY tests/${kind})
endfunction()

foreach(pair unit:test property:prop torture:torture reference:ref)
  string(REPLACE ":" ";" pair ${pair})
  list(GET pair 0 kind)
  list(GET pair 1 prefix)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/${kind}/${prefix}_*.c)
  foreach(source ${sources})
    dro_test_program(${kind} ${source})
    get_filename_component(name ${source} NAME_WE)
    target_link_libraries(${name} PRIVATE PkgConfig::DRO_CHECK)
    target_compile_options(${name} PRIVATE -Wno-format-extra-args)
  endforeach()
endforeach()

file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/fuzz/fuzz_*.c)
foreach(source ${sources})
  if(DRO_FUZZ)
    dro_test_program(fuzz ${source})
    get_filename_component(name ${source} NAME_WE)
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  else()
    dro_test_program(fuzz ${source} ${PROJECT_SOURCE_DIR}/tests/fuzz/replay.c)
  endif()
endforeach()

# Run by hand: our ways against the exact solver of the tests.
add_executable(optimality EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/bench/optimality.c)
target_include_directories(optimality PRIVATE ${PROJECT_SOURCE_DIR}/tests)
target_link_libraries(optimality PRIVATE dro_test_support libderrotero dro_options)
set_target_properties(optimality PROPERTIES RUNTIME_OUTPUT_DIRECTORY bench)
