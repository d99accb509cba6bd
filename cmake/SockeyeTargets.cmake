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
# A test's class has members of types of its own file, which looks like a header where files are compiled as one.
if(CMAKE_UNITY_BUILD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(sockeye_policy INTERFACE -Wno-subobject-linkage)
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
if(SOCKEYE_MOLD AND CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
    target_link_options(sockeye_policy INTERFACE -fuse-ld=mold)
endif()

# With CMAKE_UNITY_BUILD (every preset but "dev") so many files of a folder are compiled as one, which takes a third of
# the time: what they read is read once. Each has to stand alone all the same, as "dev" builds them; and names in the
# unnamed namespaces of one folder differ.
set(CMAKE_UNITY_BUILD_BATCH_SIZE 10)

# Qt's headers cost more to read than most files here cost to compile. Each file still includes what it uses: the option
# off proves it.
option(SOCKEYE_PCH "Precompile Qt's headers" ON)
# sockeye_precompiled(KIND library...): cmake/PrecompiledKIND.h, compiled once for all that link these libraries of Qt.
function(sockeye_precompiled kind)
    if(SOCKEYE_PCH)
        add_library(sockeye_pch_${kind} OBJECT ${PROJECT_SOURCE_DIR}/cmake/Precompiled.cpp)
        set_target_properties(sockeye_pch_${kind} PROPERTIES AUTOMOC OFF AUTORCC OFF)
        target_link_libraries(sockeye_pch_${kind} PRIVATE sockeye_policy ${ARGN})
        target_precompile_headers(sockeye_pch_${kind} PRIVATE ${PROJECT_SOURCE_DIR}/cmake/Precompiled${kind}.h)
    endif()
endfunction()
# sockeye_precompile(TARGET KIND)
function(sockeye_precompile target kind)
    if(SOCKEYE_PCH)
        target_precompile_headers(${target} REUSE_FROM sockeye_pch_${kind})
    endif()
endfunction()
sockeye_precompiled(Core Qt6::Core)

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
    file(RELATIVE_PATH folder ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
    if(folder MATCHES "^widgets/")
        sockeye_precompile(sockeye_${name} Widgets)
    else()
        sockeye_precompile(sockeye_${name} Core)
    endif()
    string(JOIN " " links ${folder} sockeye_${name} ${arg_LINK} ${arg_USE})
    set_property(GLOBAL APPEND_STRING PROPERTY SOCKEYE_LAYERS "${links}\n")
endfunction()

# sockeye_tests(PROGRAM TESTS name... LINK library... [SOURCES file...] [LABELS label...] [TIMEOUT seconds])
# Adds the test classes tst_NAME.cpp to the one program tst_PROGRAM of the current folder (tests/support/TestProgram.h),
# whatever earlier calls have put into it. CTest runs each class as a test of its own, offscreen:
# "tst_PROGRAM NAME".
function(sockeye_tests program)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "TESTS;SOURCES;LINK;LABELS")
    set(target tst_${program})
    if(NOT TARGET ${target})
        add_executable(${target})
        target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/tests)
        target_link_libraries(${target} PRIVATE sockeye_policy sockeye_test_program)
        if(arg_LINK MATCHES "[Ww]idgets")
            sockeye_precompile(${target} WidgetTest)
        else()
            sockeye_precompile(${target} Test)
        endif()
        sockeye_tell_tsan(${target})
    endif()
    target_sources(${target} PRIVATE ${arg_SOURCES})
    target_link_libraries(${target} PRIVATE ${arg_LINK})
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    # With sanitizers most tests take several times as long.
    if(SOCKEYE_SANITIZE)
        math(EXPR arg_TIMEOUT "4 * ${arg_TIMEOUT}")
    endif()
    foreach(name IN LISTS arg_TESTS)
        target_sources(${target} PRIVATE tst_${name}.cpp)
        add_test(NAME ${name} COMMAND ${target} ${name})
        set_tests_properties(${name} PROPERTIES
            ENVIRONMENT "QT_QPA_PLATFORM=offscreen;SOCKEYE_PROGRAM=$<TARGET_FILE:sockeye>"
            TIMEOUT ${arg_TIMEOUT}
            LABELS "${arg_LABELS}")
    endforeach()
endfunction()
