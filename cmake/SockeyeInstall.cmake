# What `cmake --install` puts where: the program, and on desktops that follow freedesktop.org its icon, its entry in the
# menus and the type of its captures. Menus and file managers see them once their caches are up to date
# (update-desktop-database, update-mime-database, gtk-update-icon-cache), which packages see to.
include(GNUInstallDirs)

install(TARGETS sockeye
    RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR}
    BUNDLE DESTINATION .)

if(UNIX AND NOT APPLE)
    set(resources ${PROJECT_SOURCE_DIR}/resources)
    install(FILES ${resources}/icons/sockeye.svg
        DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
    install(FILES ${resources}/desktop/sockeye.desktop
        DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
    install(FILES ${resources}/desktop/sockeye.xml
        DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages)
endif()
