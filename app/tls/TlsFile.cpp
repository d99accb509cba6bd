#include "tls/TlsFile.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>

namespace sockeye {

namespace {
struct TlsFileWords
{
    Q_DECLARE_TR_FUNCTIONS(TlsFile)
};

/// A bundle of all authorities of the Web takes a few hundred KiB.
constexpr qint64 LargestFile = 16 * 1024 * 1024;
constexpr QByteArrayView Begin("-----BEGIN ");
constexpr QByteArrayView ByteOrderMark("\xef\xbb\xbf");
} // namespace

Result<TlsFile> TlsFile::read(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{TlsFileWords::tr("The file %1 could not be read: %2. Check Connection options > TLS.")
                         .arg(path, file.errorString())};
    }
    // Room for as much as is asked for is made at once: sixteen megabytes for a key would cost more than reading it.
    const bool hasSize = !file.isSequential() && file.size() > 0;
    QByteArray content = file.read((hasSize ? std::min(file.size(), LargestFile) : LargestFile) + 1);
    if (file.error() != QFileDevice::NoError) {
        return Error{TlsFileWords::tr("The file %1 could not be read: %2. Check Connection options > TLS.")
                         .arg(path, file.errorString())};
    }
    if (content.size() > LargestFile) {
        return Error{
            TlsFileWords::tr("The file %1 is larger than 16 MiB: that is no file with certificates or a key. Check "
                             "Connection options > TLS.")
                .arg(path)};
    }
    // OpenSSL wants the dashes to begin the line.
    if (content.startsWith(ByteOrderMark))
        content.remove(0, ByteOrderMark.size());
    return TlsFile{path, content};
}

bool TlsFile::isPem() const
{
    return content.contains(Begin);
}

QStringList TlsFile::pemLabels() const
{
    QStringList labels;
    for (qsizetype at = content.indexOf(Begin); at >= 0; at = content.indexOf(Begin, at)) {
        at += Begin.size();
        constexpr qsizetype LongestLabel = 60;
        const qsizetype end = content.indexOf("-----", at);
        if (end < 0 || end - at > LongestLabel)
            continue;
        const QString label = QString::fromLatin1(content.sliced(at, end - at));
        if (!labels.contains(label))
            labels += label;
    }
    return labels;
}

} // namespace sockeye
