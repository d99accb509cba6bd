# How this project builds: all compile policy stands in one INTERFACE target, and each folder becomes one small static
# library whose link line says what it may know.

add_library(sockeye_policy INTERFACE)
target_compile_features(sockeye_policy INTERFACE cxx_std_20)
target_compile_definitions(sockeye_policy INTERFACE
    QT_NO_CAST_FROM_ASCII
    QT_NO_CAST_TO_ASCII
    QT_NO_CAST_FROM_BYTEARRAY
    QT_NO_CONTEXTLESS_CONNECT
    QT_NO_FOREACH
    QT_NO_KEYWORDS
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_NO_URL_CAST_FROM_STRING
    SOCKEYE_VERSION="${PROJECT_VERSION}")
if(MSVC)
    target_compile_options(sockeye_policy INTERFACE /W4 /permissive- /utf-8)
    target_compile_definitions(sockeye_policy INTERFACE NOMINMAX)
else()
    target_compile_options(sockeye_policy INTERFACE
        -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast)
endif()
if(SOCKEYE_WERROR)
    target_compile_options(sockeye_policy INTERFACE $<IF:$<CXX_COMPILER_ID:MSVC>,/WX,-Werror>)
endif()
if(SOCKEYE_SANITIZE)
    target_compile_options(sockeye_policy INTERFACE
        -fsanitize=${SOCKEYE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(sockeye_policy INTERFACE -fsanitize=${SOCKEYE_SANITIZE})
endif()

# A Qt built without ThreadSanitizer hides from it what orders threads: programs of such a build tell it.
if(SOCKEYE_SANITIZE STREQUAL "thread")
    add_library(sockeye_tsan_qt OBJECT ${PROJECT_SOURCE_DIR}/tests/support/TsanQt.cpp)
    target_link_libraries(sockeye_tsan_qt PRIVATE sockeye_policy Qt6::Core)
endif()
function(sockeye_tell_tsan target)
    if(TARGET sockeye_tsan_qt)
        target_link_libraries(${target} PRIVATE sockeye_tsan_qt)
    endif()
endfunction()

# Some two hundred test programs link the same libraries: a quick linker halves the build where there is one.
find_program(SOCKEYE_MOLD mold)
mark_as_advanced(SOCKEYE_MOLD)
if(SOCKEYE_MOLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_link_options(sockeye_policy INTERFACE -fuse-ld=mold)
endif()

# Qt's headers cost more to read than most files here cost to compile. Each file still includes what it uses: the option
# off proves it.
option(SOCKEYE_PCH "Precompile Qt's headers" ON)
function(sockeye_precompile target)
    if(SOCKEYE_PCH AND TARGET sockeye_base AND NOT target STREQUAL sockeye_base)
        target_precompile_headers(${target} REUSE_FROM sockeye_base)
    elseif(SOCKEYE_PCH)
        target_precompile_headers(${target} PRIVATE ${PROJECT_SOURCE_DIR}/cmake/Precompiled.h)
    endif()
endfunction()

# sockeye_library(NAME SOURCES file... LINK library... [USE library...])
# One static library sockeye_NAME out of the current folder. LINK is what its headers may include, USE what only its
# sources do. Includes are written from app/ or from the project's root down: "wire/FrameDecoder.h",
# "widgets/log/LogView.h". All folders share these two roots, so the compiler alone would not keep them apart: the test
# "layers" holds each #include against what is linked here.
function(sockeye_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINK;USE")
    add_library(sockeye_${name} STATIC ${arg_SOURCES})
    target_include_directories(sockeye_${name} PUBLIC ${PROJECT_SOURCE_DIR}/app ${PROJECT_SOURCE_DIR})
    target_link_libraries(sockeye_${name} PUBLIC ${arg_LINK} PRIVATE ${arg_USE} sockeye_policy)
    sockeye_precompile(sockeye_${name})
    file(RELATIVE_PATH folder ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
    string(JOIN " " links ${folder} sockeye_${name} ${arg_LINK} ${arg_USE})
    set_property(GLOBAL APPEND_STRING PROPERTY SOCKEYE_LAYERS "${links}\n")
endfunction()

# sockeye_test(NAME SOURCES file... LINK library... [LABELS label...] [TIMEOUT seconds])
# One Qt Test program tst_NAME, run by CTest offscreen.
function(sockeye_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "SOURCES;LINK;LABELS")
    add_executable(tst_${name} ${arg_SOURCES})
    target_include_directories(tst_${name} PRIVATE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/tests)
    target_link_libraries(tst_${name} PRIVATE sockeye_policy ${arg_LINK} Qt6::Test)
    sockeye_precompile(tst_${name})
    sockeye_tell_tsan(tst_${name})
    add_test(NAME ${name} COMMAND tst_${name})
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    set_tests_properties(${name} PROPERTIES
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;SOCKEYE_PROGRAM=$<TARGET_FILE:sockeye>"
        TIMEOUT ${arg_TIMEOUT}
        LABELS "${arg_LABELS}")
endfunction()
