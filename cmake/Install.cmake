include(CMakePackageConfigHelpers)

install(TARGETS libderrotero EXPORT derrotero-targets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
if(TARGET derrotero)
  install(TARGETS derrotero RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(DIRECTORY include/derrotero DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        FILES_MATCHING PATTERN "*.h")
if(EXISTS ${PROJECT_SOURCE_DIR}/data)
  install(DIRECTORY data/ DESTINATION ${CMAKE_INSTALL_DATADIR}/derrotero
          FILES_MATCHING PATTERN "*.csv" PATTERN "*.geojson")
endif()
if(EXISTS ${PROJECT_SOURCE_DIR}/cases)
  install(DIRECTORY cases DESTINATION ${CMAKE_INSTALL_DATADIR}/derrotero
          FILES_MATCHING PATTERN "*.csv" PATTERN "*.yaml")
endif()
# Made at build time from npm packages (tools/data.sh), where that has run. The chart
# is not installed: it is built on the machine that uses it.
install(FILES build/data/land.bin build/data/ports_wide.csv
        DESTINATION ${CMAKE_INSTALL_DATADIR}/derrotero OPTIONAL)
# The web map, where it was built.
if(EXISTS ${PROJECT_SOURCE_DIR}/build/web/index.html)
  install(DIRECTORY build/web DESTINATION ${CMAKE_INSTALL_DATADIR}/derrotero)
endif()
file(GLOB man_pages CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/man/*.1)
if(man_pages)
  install(FILES ${man_pages} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
endif()
install(FILES LICENSE NOTICE DESTINATION ${CMAKE_INSTALL_DOCDIR} OPTIONAL)

# From the .pc file to the prefix, so that an installed tree can be moved.
file(RELATIVE_PATH DRO_PC_TO_PREFIX
     ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_file(cmake/derrotero.pc.in derrotero.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/derrotero.pc
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/derrotero)
configure_package_config_file(cmake/derrotero-config.cmake.in derrotero-config.cmake
                              INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(derrotero-config-version.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/derrotero-config.cmake
              ${PROJECT_BINARY_DIR}/derrotero-config-version.cmake
              cmake/Dependencies.cmake
        DESTINATION ${package_dir})
install(EXPORT derrotero-targets NAMESPACE derrotero:: DESTINATION ${package_dir})
