# BrotliDecoder::BrotliDecoder with what it needs of brotli.
find_path(BROTLI_INCLUDE_DIR brotli/decode.h)
find_library(BROTLI_DECODER_LIBRARY NAMES brotlidec brotlidec-static)
find_library(BROTLI_COMMON_LIBRARY NAMES brotlicommon brotlicommon-static)
mark_as_advanced(BROTLI_INCLUDE_DIR BROTLI_DECODER_LIBRARY BROTLI_COMMON_LIBRARY)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(BrotliDecoder
    REQUIRED_VARS BROTLI_DECODER_LIBRARY BROTLI_COMMON_LIBRARY BROTLI_INCLUDE_DIR)
if(BrotliDecoder_FOUND AND NOT TARGET BrotliDecoder::BrotliDecoder)
    add_library(BrotliDecoder::BrotliDecoder UNKNOWN IMPORTED)
    set_target_properties(BrotliDecoder::BrotliDecoder PROPERTIES
        IMPORTED_LOCATION "${BROTLI_DECODER_LIBRARY}"
        INTERFACE_LINK_LIBRARIES "${BROTLI_COMMON_LIBRARY}"
        INTERFACE_INCLUDE_DIRECTORIES "${BROTLI_INCLUDE_DIR}")
endif()
