set(dro_sources "")
foreach(room base geo atlas chart network scenario flow liner trade watch audit report
             ask server)
  file(GLOB room_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${room}/*.c)
  list(APPEND dro_sources ${room_sources})
endforeach()

# The description of the API, which the server offers, as C strings.
set(openapi ${PROJECT_BINARY_DIR}/generated/openapi.inc)
add_custom_command(
  OUTPUT ${openapi}
  COMMAND sh ${PROJECT_SOURCE_DIR}/tools/embed.sh --openapi > ${openapi}
  DEPENDS ${PROJECT_SOURCE_DIR}/src/server/openapi.json
          ${PROJECT_SOURCE_DIR}/tools/embed.sh
  VERBATIM)
file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/generated)

add_library(libderrotero STATIC ${dro_sources} ${openapi})
add_library(derrotero::derrotero ALIAS libderrotero)
set_target_properties(libderrotero PROPERTIES OUTPUT_NAME derrotero EXPORT_NAME derrotero)
target_include_directories(
  libderrotero
  PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
         $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
  PRIVATE ${PROJECT_SOURCE_DIR}/src ${PROJECT_BINARY_DIR}/generated)
target_compile_definitions(
  libderrotero
  PRIVATE DRO_VERSION="${PROJECT_VERSION}"
          DRO_DATA_BUILD="${PROJECT_SOURCE_DIR}/data"
          DRO_WIDE_BUILD="${PROJECT_SOURCE_DIR}/build/data"
          DRO_WEB_BUILD="${PROJECT_SOURCE_DIR}/build/web"
          DRO_CHART_BUILD="${PROJECT_SOURCE_DIR}/build/chart/world.chart"
          DRO_DATA_INSTALLED="${CMAKE_INSTALL_FULL_DATADIR}/derrotero")
target_link_libraries(
  libderrotero
  PUBLIC PkgConfig::DRO_GEOS PkgConfig::DRO_NETCDF PkgConfig::DRO_PROJ
         PkgConfig::DRO_FYAML PkgConfig::DRO_MICROHTTPD PkgConfig::DRO_ZLIB
         Threads::Threads m
  PRIVATE $<BUILD_INTERFACE:dro_options>)
