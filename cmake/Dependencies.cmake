# What the library links. The installed CMake package includes this file too, so
# that a static library's users get the same imported targets.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(DRO_GEOS REQUIRED IMPORTED_TARGET geos)
pkg_check_modules(DRO_NETCDF REQUIRED IMPORTED_TARGET netcdf)
pkg_check_modules(DRO_PROJ REQUIRED IMPORTED_TARGET proj)
pkg_check_modules(DRO_FYAML REQUIRED IMPORTED_TARGET libfyaml)
pkg_check_modules(DRO_MICROHTTPD REQUIRED IMPORTED_TARGET libmicrohttpd)
pkg_check_modules(DRO_ZLIB REQUIRED IMPORTED_TARGET zlib)
