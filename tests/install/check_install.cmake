# Installs what BUILD holds into a folder of its own and checks that all of it is there and nothing else, that the
# program runs from there, and that the desktop's entry names what was installed.
set(prefix ${BUILD}/tests/install/prefix)
file(REMOVE_RECURSE ${prefix})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${prefix} OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)

set(expected
    ${BINDIR}/sockeye
    ${DATADIR}/applications/sockeye.desktop
    ${DATADIR}/icons/hicolor/scalable/apps/sockeye.svg
    ${DATADIR}/mime/packages/sockeye.xml)
file(GLOB_RECURSE installed RELATIVE ${prefix} ${prefix}/*)
list(SORT expected)
list(SORT installed)
if(NOT "${installed}" STREQUAL "${expected}")
    message(FATAL_ERROR "Installed: ${installed}\nExpected: ${expected}")
endif()

execute_process(COMMAND ${prefix}/${BINDIR}/sockeye --version OUTPUT_VARIABLE version COMMAND_ERROR_IS_FATAL ANY)
if(NOT version MATCHES "[0-9]+\\.[0-9]+")
    message(FATAL_ERROR "The installed program does not tell its version: ${version}")
endif()

file(READ ${prefix}/${DATADIR}/applications/sockeye.desktop entry)
foreach(line IN ITEMS "Exec=sockeye %F" "Icon=sockeye" "MimeType=application/x-sockeye;")
    if(NOT entry MATCHES "\n${line}\n")
        message(FATAL_ERROR "sockeye.desktop does not say ${line}")
    endif()
endforeach()
