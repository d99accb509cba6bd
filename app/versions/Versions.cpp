#include "versions/Versions.h"

#include "sqlite/Sqlite.h"
#include "tls/TlsLibrary.h"

#include <QStringList>
#include <QSysInfo>

using namespace Qt::StringLiterals;

namespace sockeye {

QString versionsText()
{
    QString qt = u"Qt "_s + QString::fromLatin1(qVersion());
    if (qt != u"Qt " QT_VERSION_STR)
        qt += u" (built with " QT_VERSION_STR ")"_s;
    const QString tls = tlsLibraryVersion();
    return QStringList{u"Sockeye " SOCKEYE_VERSION ""_s, qt, tls.isEmpty() ? u"no TLS"_s : tls,
                       u"SQLite "_s + sqliteVersion(),
                       u"%1, %2 %3, %4"_s.arg(QSysInfo::prettyProductName(), QSysInfo::kernelType(),
                                              QSysInfo::kernelVersion(), QSysInfo::currentCpuArchitecture())}
        .join(u'\n');
}

} // namespace sockeye
