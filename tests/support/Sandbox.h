#pragma once

#include "base/Paths.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QWidget>

namespace sockeye::test {

/// A user's home of its own for one test: settings, profiles and captures go there.
class Sandbox final
{
public:
    Sandbox()
    {
        qputenv("XDG_DATA_HOME", path(QStringLiteral("data")).toLocal8Bit());
        qputenv("XDG_CONFIG_HOME", path(QStringLiteral("config")).toLocal8Bit());
        qputenv("XDG_CACHE_HOME", path(QStringLiteral("cache")).toLocal8Bit());
        paths::setApplicationNames();
    }

    [[nodiscard]] QString path(const QString &name) const { return m_directory.filePath(name); }

    /// Writes a file below the sandbox and returns its path.
    QString write(const QString &name, const QByteArray &content) const
    {
        QDir().mkpath(QFileInfo(path(name)).absolutePath());
        QFile file(path(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(content);
        return path(name);
    }

private:
    QTemporaryDir m_directory;
};

/// The widget of that accessible name, as a screen reader would find it; hidden ones count.
template<typename Widget = QWidget>
Widget *named(const QWidget *root, const QString &name)
{
    const QList<Widget *> all = root->findChildren<Widget *>();
    for (Widget *widget : all) {
        if (widget->accessibleName() == name)
            return widget;
    }
    return nullptr;
}

inline QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace sockeye::test
