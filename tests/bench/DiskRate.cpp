#include "bench/DiskRate.h"

#include <QElapsedTimer>
#include <QTemporaryFile>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace sockeye::bench {

DiskRate diskRate(const QString &folder, qint64 size, qint64 count)
{
    QByteArray message(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < message.size(); ++i)
        message[i] = static_cast<char>(i * 2654435761U >> 13);
    QTemporaryFile file(folder + QStringLiteral("/disk-XXXXXX"));
    if (!file.open())
        qFatal("%s", qPrintable(file.errorString()));
    // Another handle on it: QTemporaryFile has a buffer of its own.
    QFile plain(file.fileName());
    if (!plain.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        qFatal("%s", qPrintable(plain.errorString()));
    QElapsedTimer clock;
    clock.start();
    for (qint64 i = 0; i < count; ++i) {
        if (plain.write(message) != size)
            qFatal("%s", qPrintable(plain.errorString()));
    }
    DiskRate rate;
    const auto perSecond = [&] {
        return static_cast<double>(size * count) * 1e9 / static_cast<double>(clock.nsecsElapsed());
    };
    rate.written = perSecond();
#ifdef Q_OS_UNIX
    ::fsync(plain.handle());
#endif
    rate.synced = perSecond();
    return rate;
}

} // namespace sockeye::bench
