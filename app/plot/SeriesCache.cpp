#include "plot/SeriesCache.h"

#include "base/OwnerOnly.h"
#include "base/RegularFile.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QDateTime>
#include <QDir>
#include <QSaveFile>

namespace sockeye {

namespace {

constexpr QByteArrayView SeriesMark("sockeye series 1 " SOCKEYE_VERSION "\n");
constexpr QStringView SeriesSuffix = u".series";
/// What a program left that did not end by itself (BlockStore).
constexpr QStringView PartSuffix = u".series.part";
constexpr qint64 PartDays = 2;

/// Stands at the beginning of the file, so that a name that two keys share would do no harm.
QByteArray headerOf(const SeriesCache::Key &key)
{
    QByteArray header = SeriesMark.toByteArray();
    QDataStream stream(&header, QIODevice::Append);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << key.capture << key.field << key.formats;
    return header;
}

} // namespace

SeriesCache::SeriesCache(QString folder)
    : m_folder(std::move(folder))
{
}

QString SeriesCache::pathOf(const Key &key) const
{
    constexpr qsizetype NameBytes = 16;
    const QByteArray hash = QCryptographicHash::hash(headerOf(key), QCryptographicHash::Sha256).first(NameBytes);
    return m_folder + u'/' + QString::fromLatin1(hash.toHex()) + SeriesSuffix.toString();
}

std::unique_ptr<Series> SeriesCache::read(const Key &key, EntryId last) const
{
    if (m_folder.isEmpty() || key.capture.isEmpty())
        return nullptr;
    auto file = std::make_unique<QFile>(pathOf(key));
    if (!QFile::exists(file->fileName()) || !RegularFile::open(*file))
        return nullptr;
    const QByteArray header = headerOf(key);
    if (file->read(header.size()) != header)
        return nullptr;
    std::unique_ptr<Series> series = Series::readFrom(std::move(file), header.size());
    return series && series->readTo() == last ? std::move(series) : nullptr;
}

void SeriesCache::write(const Key &key, const Series &series, const CancelToken &cancel) const
{
    if (m_folder.isEmpty() || key.capture.isEmpty() || !owneronly::makeFolder(m_folder))
        return;
    QSaveFile file(pathOf(key));
    if (!file.open(QIODevice::WriteOnly))
        return;
    file.setPermissions(owneronly::FilePermissions);
    const QByteArray header = headerOf(key);
    if (file.write(header) != header.size() || !series.writeTo(file, cancel) || file.pos() > MaxBytes)
        file.cancelWriting();
    if (file.commit())
        prune();
}

void SeriesCache::prune() const
{
    const QDir folder(m_folder);
    qint64 bytes = 0;
    qsizetype count = 0;
    for (const QFileInfo &file :
         folder.entryInfoList({u'*' + SeriesSuffix.toString()}, QDir::Files | QDir::Hidden, QDir::Time)) {
        bytes += file.size();
        if (++count > MaxFiles || bytes > MaxBytes)
            QFile::remove(file.filePath());
    }
    const QDateTime old = QDateTime::currentDateTime().addDays(-PartDays);
    for (const QFileInfo &file : folder.entryInfoList({u'*' + PartSuffix.toString()}, QDir::Files | QDir::Hidden)) {
        if (file.lastModified() < old)
            QFile::remove(file.filePath());
    }
}

} // namespace sockeye
