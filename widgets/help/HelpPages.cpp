#include "widgets/help/HelpPages.h"

#include <QFile>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

// Q_INIT_RESOURCE must stand outside any namespace.
static void initResources()
{
    Q_INIT_RESOURCE(help);
}

namespace sockeye {

QList<HelpPage> HelpPages::all()
{
    return {{guide(), tr("Guide")},
            {u"filter.md"_s, tr("The filter")},
            {u"structs.md"_s, tr("Structs")},
            {u"tls.md"_s, tr("TLS and certificates")},
            {whatIsNew(), tr("What is new")}};
}

QString HelpPages::markdown(const QString &file)
{
    static const QRegularExpression pictures(u"^!\\[[^\\]]*\\]\\([^)]*\\)\\n*"_s, QRegularExpression::MultilineOption);
    initResources();
    QFile page(u":/sockeye/docs/"_s + file);
    if (!page.open(QIODevice::ReadOnly))
        return {};
    return QString::fromUtf8(page.readAll()).remove(pictures);
}

QString HelpPages::guide()
{
    return u"guide.md"_s;
}

QString HelpPages::whatIsNew()
{
    return u"whats-new.md"_s;
}

} // namespace sockeye
