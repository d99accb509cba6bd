#include "base/Paths.h"

#include "base/OwnerOnly.h"

#include <QCoreApplication>
#include <QStandardPaths>

namespace sockeye::paths {

void setApplicationNames()
{
    QCoreApplication::setApplicationName(QStringLiteral("sockeye"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SOCKEYE_VERSION));
}

void narrowFolders()
{
    for (const auto place :
         {QStandardPaths::AppConfigLocation, QStandardPaths::AppDataLocation, QStandardPaths::CacheLocation})
        owneronly::narrow(QStandardPaths::writableLocation(place));
    owneronly::narrow(captures());
    owneronly::narrow(profiles());
}

QString captures()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/captures");
}

QString profiles()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) + QStringLiteral("/profiles");
}

QString conversations()
{
    return QStandardPaths::writableLocation(QStandardPaths::CacheLocation) + QStringLiteral("/conversations");
}

QString plots()
{
    return QStandardPaths::writableLocation(QStandardPaths::CacheLocation) + QStringLiteral("/plots");
}

QString settingsFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) + QStringLiteral("/sockeye.ini");
}

QString sessionFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) + QStringLiteral("/session.json");
}

} // namespace sockeye::paths
